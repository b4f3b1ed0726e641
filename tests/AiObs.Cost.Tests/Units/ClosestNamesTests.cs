using AiObs.Cost.Units;

namespace AiObs.Cost.Tests.Units;

public sealed class ClosestNamesTests
{
    private static readonly string[] Known = ["gpt-4o", "gpt-4o-mini", "gpt-5", "claude-opus-5"];

    [Fact]
    public void Find_MisspeltName_NearestFirst() =>
        Assert.Equal(["gpt-4o", "gpt-5"], ClosestNames.Find("gpt4o", Known, 2));

    [Fact]
    public void Find_NothingAlike_FindsNothing() =>
        Assert.Empty(ClosestNames.Find("xyzzy", Known, 3));

    [Fact]
    public void Find_CaseAndSpaces_AreNoDifference() =>
        Assert.Equal(["claude-opus-5"], ClosestNames.Find(" CLAUDE-OPUS-5 ", Known, 1));

    [Fact]
    public void Find_VeryLongName_ComparesItsBeginning()
    {
        var name = new string('a', 100_000);

        Assert.Equal([name[..200]], ClosestNames.Find(name, [name[..200], "gpt-5"], 3));
    }

    [Theory]
    [InlineData("gpt-4o-mni", " Did you mean \"gpt-4o-mini\"?")]
    [InlineData("llama", "")]
    public void Suggest_Name_AsksOnlyWhereSomethingIsClose(string name, string question) =>
        Assert.Equal(question, ClosestNames.Suggest(name, Known));
}
