using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Tests.Tools;

public sealed class ToolPageTests
{
    [Fact]
    public async Task Tools_WithoutCalls_SaysTheLineToAdd()
    {
        await using var host = await StoppedHost.StartAsync(StoppedHost.Span(1, OperationKind.Chat, 100));

        Assert.Contains("<pre><code>function.Observed(observability)</code></pre>", await host.GetAsync("/tools"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_HaveCallsFailuresPercentilesAndTraces()
    {
        await using var host = await StoppedHost.StartAsync(
            Tool(1, "search", 100, minutes: 30), Tool(2, "search", 200, minutes: 20) with { IsError = true }, Tool(3, "<b>t</b>", 50, minutes: 10));

        var page = await host.GetAsync("/tools");

        var rows = StoppedHost.RowsOf(page);
        Assert.Equal(["search", "2", "1 (50 %)", "100 ms", "200 ms", "200 ms", "200 ms", "", "2", "2026-01-31 12:10:00", "latest trace"], rows[0]);
        Assert.Equal(["&lt;b&gt;t&lt;/b&gt;", "1", "0", "50 ms", "50 ms", "50 ms", "50 ms", "", "1", "2026-01-31 12:20:00", "latest trace"], rows[1]);
        Assert.Contains("""<a class="value" href="/aiobs/traces?tool=search"><bdi>search</bdi></a>""", page, StringComparison.Ordinal);
        Assert.Contains($"""<td><a href="/aiobs/traces/{Spans.TraceId(2)}">latest trace</a></td>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>t", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_WhoseTracesCannotBeRead_HaveTheirCalls()
    {
        await using var host = await StoppedHost.StartAsync(new FailingTraceStore { FailsFacets = true }, observe: null, Tool(1, "search", 100, minutes: 30));

        var page = await host.GetAsync("/tools");

        Assert.Equal(1, StoppedHost.CountOf(page, StoppedHost.Unread));
        Assert.Equal(["search", "1", "0", "100 ms", "100 ms", "100 ms", "100 ms", "", "", "", ""], StoppedHost.RowsOf(page)[0]);
    }

    [Fact]
    public async Task Tools_Filtered_SayWhatTheyCannotBeFilteredBy()
    {
        await using var host = await StoppedHost.StartAsync(Tool(1, "search", 100, minutes: 30), Tool(2, "other", 100, minutes: 30));

        var page = await host.GetAsync("/tools?tool=search&user=ann");

        Assert.Equal("search", Assert.Single(StoppedHost.RowsOf(page), static row => row.Length == 11)[0]);
        Assert.Contains("Calls and durations are not filtered by user.", page, StringComparison.Ordinal);
    }

    private static SpanRecord Tool(int trace, string name, double milliseconds, int minutes) => StoppedHost.Span(trace, OperationKind.Tool, milliseconds, minutes) with { Tool = name };
}
