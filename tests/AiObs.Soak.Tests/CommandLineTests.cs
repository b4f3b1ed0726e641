namespace AiObs.Soak.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--seconds", "1")]
    [InlineData("--seconds", "soon")]
    [InlineData("--unknown", "1")]
    public void Parse_WrongArgument_IsRefused(string name, string value) =>
        Assert.NotEmpty(CommandLine.Create(TextWriter.Null).Parse([name, value]).Errors);

    [Fact]
    public void Parse_AllArguments_AreTaken() =>
        Assert.Empty(CommandLine.Create(TextWriter.Null).Parse(["--seconds", "30", "--seed", "4", "--report", "report.txt"]).Errors);
}
