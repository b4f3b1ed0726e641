namespace AiObs.ArchitectureTests.Docs;

public sealed class LinkTargetsTests
{
    private const string Other = """
        # Other page
        ## What's `new`, and why?
        ## Twice
        ## Twice
        ```text
        ## Not a heading
        ```
        """;

    [Theory]
    [InlineData("[x](gone.md)", "gone.md")]
    [InlineData("[x](../docs/gone.md)", "../docs/gone.md")]
    [InlineData("[x](Other.md)", "Other.md")]
    [InlineData("[x](/docs/other.md)", "/docs/other.md")]
    [InlineData("[x](../../outside.md)", "../../outside.md")]
    [InlineData("![x](gone.png)", "gone.png")]
    [InlineData("[x](other.md) and [y](gone.md \"title\")", "gone.md")]
    [InlineData("[x]: gone.md", "gone.md")]
    [InlineData("<img src=\"gone.png\">", "gone.png")]
    [InlineData("[x](#nowhere)", "#nowhere")]
    [InlineData("[x](other.md#nowhere)", "other.md#nowhere")]
    [InlineData("[x](other.md#not-a-heading)", "other.md#not-a-heading")]
    [InlineData("[x](other.md#twice-2)", "other.md#twice-2")]
    [InlineData("[x](../LICENSE#anchor)", "../LICENSE#anchor")]
    public void Violations_TargetNotThere_IsReported(string line, string target) =>
        Assert.Equal([$"docs/page.md links to {target}, which is not there."], Violations(line));

    [Theory]
    [InlineData("[x](other.md)")]
    [InlineData("[x](./other.md)")]
    [InlineData("[x](../docs/other.md)")]
    [InlineData("[x](../LICENSE)")]
    [InlineData("[x](../docs/)")]
    [InlineData("[x](#page)")]
    [InlineData("[x](other.md#whats-new-and-why)")]
    [InlineData("[x](other.md#twice-1)")]
    [InlineData("[x](https://example.org/gone.md)")]
    [InlineData("[x](mailto:somebody@example.org)")]
    [InlineData("`[x](gone.md)`")]
    [InlineData("```text\n[x](gone.md)\n```")]
    public void Violations_TargetThereOrElsewhere_IsNotReported(string line) => Assert.Empty(Violations(line));

    private static IEnumerable<string> Violations(string line) => LinkTargets.Violations(
        [new MarkdownPage(new TextFile("docs/page.md", $"# Page\n{line}")), new MarkdownPage(new TextFile("docs/other.md", Other))],
        new HashSet<string> { "docs/page.md", "docs/other.md", "LICENSE" });
}
