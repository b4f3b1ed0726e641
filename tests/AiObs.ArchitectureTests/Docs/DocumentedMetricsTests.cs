namespace AiObs.ArchitectureTests.Docs;

public sealed class DocumentedMetricsTests
{
    private static readonly TextFile Page = new(
        "docs/concepts/metrics.md",
        """
        | Metric | Profile | Tags | Meaning |
        |---|---|---|---|
        | `a.calls` | both | `a.model`, `a.tool` | calls, not `a.prose` |
        | `a.time` | both | | seconds |
        """);

    private static readonly HashSet<string> Metrics = ["a.calls", "a.time"];
    private static readonly HashSet<string> Tags = ["a.model", "a.tool"];

    [Fact]
    public void Violations_SameNames_HasNone() => Assert.Empty(DocumentedMetrics.Violations(Metrics, Tags, Page));

    [Fact]
    public void Violations_MetricOrTagOfTheCode_IsMissedOnThePage() => Assert.Equal(
        ["a.cost is a metric and not on the page.", "a.user is a tag of metrics and on no row of the page."],
        DocumentedMetrics.Violations(new HashSet<string>([.. Metrics, "a.cost"]), new HashSet<string>([.. Tags, "a.user"]), Page));

    [Fact]
    public void Violations_MetricOrTagOfThePage_IsMissedInTheCode() => Assert.Equal(
        ["a.time is on the page and no metric.", "a.tool is a tag on the page and on no metric."],
        DocumentedMetrics.Violations(new HashSet<string> { "a.calls" }, new HashSet<string> { "a.model" }, Page));

    [Fact]
    public void Violations_NoPage_MissesAll() => Assert.Equal(4, DocumentedMetrics.Violations(Metrics, Tags, null).Count());
}
