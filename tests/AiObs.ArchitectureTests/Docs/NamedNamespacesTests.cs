namespace AiObs.ArchitectureTests.Docs;

public sealed class NamedNamespacesTests
{
    private const string Page = """
        # Page

        Package `AiObs.Gone`; namespaces `AiObs`, `AiObs.Cost`, `OpenTelemetry`.

        ```csharp
        Greet();
        ```
        """;

    [Theory]
    [InlineData("AiObs.Cost", "AiObs.Cost", null)]
    [InlineData("`AiObs.Cost`", "`AiObs.Costs`", "docs/page.md names the namespace AiObs.Costs, which no library has.")]
    [InlineData("; namespaces", "; names", "docs/page.md has code and does not say which namespaces it needs.")]
    [InlineData("csharp", "json", null)]
    public void Violations_PageChanged_TellsWhat(string before, string after, string? expected)
    {
        var page = new MarkdownPage(new TextFile("docs/page.md", Page.Replace(before, after, StringComparison.Ordinal)));

        var violations = NamedNamespaces.Violations([page], new HashSet<string> { "AiObs", "AiObs.Cost" });

        Assert.Equal(expected is null ? [] : [expected], violations);
    }
}
