using System.Diagnostics;
using AiObs.TestSupport;
using WeatherAgent.Screen;

namespace WeatherAgent.Tests.Screen;

public sealed class SpanTreeTests
{
    [Fact]
    public void Walk_NestedSpans_DrawsTheGuidesOfTheirPlaces()
    {
        using var source = new ActivitySource(new ActivitySourceOptions(nameof(Walk_NestedSpans_DrawsTheGuidesOfTheirPlaces)));
        using var spans = new SpanCollector(source.Name);
        using (source.StartActivity("root"))
        {
            using (source.StartActivity("tool"))
            {
                source.StartActivity("inner agent")?.Dispose();
            }

            source.StartActivity("answer")?.Dispose();
        }

        var nodes = SpanTree.Walk(spans.Spans).ToList();

        Assert.Equal(["root", "├─ tool", "│  └─ inner agent", "└─ answer"], nodes.Select(node => $"{node.Branch}{node.Span.DisplayName}"));
        Assert.Equal(["│  ", "│  │  ", "│        ", "      "], nodes.Select(node => node.Indent));
    }

    [Fact]
    public void Walk_ParentIsSomebodyElses_IsARoot()
    {
        using var source = new ActivitySource(new ActivitySourceOptions(nameof(Walk_ParentIsSomebodyElses_IsARoot)));
        using var spans = new SpanCollector(source.Name);
        using (new Activity("request").Start())
        {
            source.StartActivity("agent")?.Dispose();
        }

        var node = Assert.Single(SpanTree.Walk(spans.Spans));

        Assert.Equal(("agent", ""), (node.Span.DisplayName, node.Branch));
    }
}
