namespace AiObs.ArchitectureTests.Docs;

public sealed class CompiledSnippetsTests
{
    private const string Code = """
        class Samples
        {
            void Run()
            {
                #region snippet:greet
                if (true)
                {
                    Greet();
                }
                #endregion
            }
        }
        """;

    private const string Page = """
        # Page

        <!-- snippet: greet -->
        ```csharp
        if (true)
        {
            Greet();
        }
        ```
        """;

    [Fact]
    public void Violations_SameCodeWithOtherIndentation_HasNone() => Assert.Empty(Violations(Page, Code));

    [Fact]
    public void Violations_IndentedInAList_HasNone() =>
        Assert.Empty(Violations(Page.Replace("\n", "\n   ", StringComparison.Ordinal), Code));

    [Theory]
    [InlineData("Greet();", "Meet();", "the block is not what #region snippet:greet says")]
    [InlineData("    Greet", "  Greet", "the block is not what #region snippet:greet says")]
    [InlineData("<!-- snippet: greet -->", "", "the C# block has no line")]
    [InlineData("<!-- snippet: greet -->", "<!-- snippet: greet -->\n", "the C# block has no line")]
    [InlineData("<!-- snippet: greet -->", "<!-- snippet: none -->", "no compiled code has a #region snippet:none")]
    [InlineData("csharp", "cs", null)]
    [InlineData("csharp", "json", null)]
    [InlineData("Greet();\n    }", "Greet();\n    }\n", null)]
    public void Violations_PageChanged_TellsWhat(string before, string after, string? expected)
    {
        var violations = Violations(Page.Replace(before, after, StringComparison.Ordinal), Code).ToList();

        if (expected is null)
        {
            Assert.Empty(violations);
        }
        else
        {
            Assert.Contains(expected, Assert.Single(violations), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Violations_MarkerMissing_NamesPageAndLine()
    {
        var violation = Violations(Page.Replace("greet", "?", StringComparison.Ordinal), Code).Single();

        Assert.StartsWith("docs/page.md, line 4: ", violation, StringComparison.Ordinal);
    }

    [Fact]
    public void Violations_RegionTwice_IsReported() =>
        Assert.Contains("is there 2 times", Violations(Page, Code, Code).Single(), StringComparison.Ordinal);

    [Fact]
    public void Violations_RegionInAStringOrComment_IsNoRegion() =>
        Assert.Contains("no compiled code", Violations(Page, $"/*\n{Code}\n*/").Single(), StringComparison.Ordinal);

    private static IEnumerable<string> Violations(string page, params string[] sources) => CompiledSnippets.Violations(
        [new MarkdownPage(new TextFile("docs/page.md", page))],
        SnippetRegions.Of(sources.Select(source => new TextFile("tests/Samples.cs", source))));
}
