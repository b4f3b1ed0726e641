using System.Text.RegularExpressions;

namespace AiObs.ArchitectureTests.Docs;

/// <summary>Each kind of finding is in the code, on its page and in a test, and has a number of its own.</summary>
public sealed partial class DoctorPageTests
{
    private static readonly IReadOnlyList<string> InCode =
        [.. Repository.Files(".cs", "src").SelectMany(static file => Constant().Matches(file.Text)).Select(static match => match.Groups["id"].Value)];

    [Fact]
    public void Findings_InTheCode_StandOnThePageInTheirOrder()
    {
        var page = Repository.Files(".md", "docs/concepts/doctor.md").Single();

        Assert.InRange(InCode.Count, 20, 999);
        Assert.Equal(InCode.Distinct().Order(StringComparer.Ordinal), page.Lines.Select(static line => Row().Match(line)).Where(static match => match.Success).Select(static match => match.Groups["id"].Value));
    }

    [Fact]
    public void Findings_InTheCode_AreMadeByOneCheckEach() =>
        Assert.Empty(InCode.GroupBy(static id => id).Where(static group => group.Count() > 1).Select(static group => group.Key));

    [Fact]
    public void Findings_InTheCode_AreEachSeenInATest()
    {
        var tests = string.Join('\n', Repository.Files(".cs", "tests").Select(static file => file.Text));

        Assert.All(InCode, id => Assert.Contains($"\"{id}\"", tests, StringComparison.Ordinal));
    }

    [GeneratedRegex("const string \\w+ = \"(?<id>AIOBS[0-9]{3})\";")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^\| `(?<id>AIOBS[0-9]{3})` \|")]
    private static partial Regex Row();
}
