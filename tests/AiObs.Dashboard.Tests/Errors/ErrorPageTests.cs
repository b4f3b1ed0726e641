using AiObs.Dashboard.Errors;
using AiObs.Operations;

namespace AiObs.Dashboard.Tests.Errors;

public sealed class ErrorPageTests
{
    [Fact]
    public async Task Errors_WithoutAny_SaysSo()
    {
        await using var host = await StoppedHost.StartAsync(StoppedHost.Span(1, OperationKind.Chat, 100));

        var page = await host.GetAsync("/errors");

        Assert.Contains("Nothing failed here.", page, StringComparison.Ordinal);
        Assert.Contains("None of 1 model calls failed.", page, StringComparison.Ordinal);
        Assert.Contains("None of 0 tool calls failed.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_ByType_HaveCountRateLastSeenAndAnExample()
    {
        await using var host = await StoppedHost.StartAsync(
            StoppedHost.Span(1, OperationKind.Chat, 100, minutes: 30, error: "rate_limit"),
            StoppedHost.Span(2, OperationKind.Chat, 100, minutes: 10, error: "rate_limit"),
            StoppedHost.Span(3, OperationKind.Chat, 100, minutes: 5, error: "<script>x</script>"),
            StoppedHost.Span(4, OperationKind.Chat, 100, minutes: 60 * 30, error: "rate_limit"));

        var page = await host.GetAsync("/errors");

        var rows = StoppedHost.RowsOf(page);
        Assert.Equal(["rate_limit", "2", "0.08 an hour", "2026-01-31 12:20:00", "latest trace"], rows[0]);
        Assert.Equal(["&lt;script&gt;x&lt;/script&gt;", "1", "0.04 an hour", "2026-01-31 12:25:00", "latest trace"], rows[1]);
        Assert.Contains("""<a class="value" href="/aiobs/traces?error=rate_limit"><bdi>rate_limit</bdi></a>""", page, StringComparison.Ordinal);
        Assert.Contains($"""<td><a href="/aiobs/traces/{Spans.TraceId(2)}">latest trace</a></td>""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_ByModelAndTool_HaveTheShareThatFailed()
    {
        await using var host = await StoppedHost.StartAsync(
            StoppedHost.Span(1, OperationKind.Chat, 100, error: "a") with { Model = "m" },
            StoppedHost.Span(2, OperationKind.Chat, 100) with { Model = "m" },
            StoppedHost.Span(3, OperationKind.Chat, 100) with { Model = "good" },
            StoppedHost.Span(4, OperationKind.Tool, 100, error: "b") with { Tool = "<b>t</b>" });

        var page = await host.GetAsync("/errors");

        var rows = StoppedHost.RowsOf(page);
        Assert.Contains(["m", "1", "2", "50 %"], rows);
        Assert.Contains(["&lt;b&gt;t&lt;/b&gt;", "1", "1", "100 %"], rows);
        Assert.DoesNotContain(rows, static row => row[0] == "good");
    }

    [Fact]
    public async Task Errors_Filtered_SayWhatDurationsCannotBeFilteredBy()
    {
        await using var host = await StoppedHost.StartAsync(StoppedHost.Span(1, OperationKind.Chat, 100, error: "a"), StoppedHost.Span(2, OperationKind.Chat, 100, error: "b"));

        var page = await host.GetAsync("/errors?error=b&cost=1");

        Assert.Equal("b", StoppedHost.RowsOf(page)[0][0]);
        Assert.Contains("These are not filtered by error, cost.", page, StringComparison.Ordinal);
        Assert.Contains("Error types are not filtered by cost.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, "1 an hour")]
    [InlineData(30, 24, "1.25 an hour")]
    [InlineData(3, 24 * 30, "0.1 a day")]
    [InlineData(7_200, 24 * 30, "10 an hour")]
    [InlineData(7, 0, "")]
    public void Rate_IsByTheHour_OrByTheDayWhereItIsLow(long count, int hours, string rate) => Assert.Equal(rate, ErrorTypeTable.Rate(count, TimeSpan.FromHours(hours)));

    [Fact]
    public async Task Errors_APartThatFails_LeavesTheOthersStanding()
    {
        await using var facets = await StoppedHost.StartAsync(new FailingTraceStore { FailsFacets = true }, observe: null, StoppedHost.Span(1, OperationKind.Chat, 100, error: "a") with { Model = "m" });
        await using var latencies = await StoppedHost.StartAsync(new FailingTraceStore { FailsLatencies = true }, observe: null, StoppedHost.Span(1, OperationKind.Chat, 100, error: "a"));

        var (withoutTypes, withoutRates) = (await facets.GetAsync("/errors"), await latencies.GetAsync("/errors"));

        Assert.Equal(1, StoppedHost.CountOf(withoutTypes, StoppedHost.Unread));
        Assert.Equal([["m", "1", "1", "100 %"]], StoppedHost.RowsOf(withoutTypes));
        Assert.Equal(2, StoppedHost.CountOf(withoutRates, StoppedHost.Unread));
        Assert.Equal("a", StoppedHost.RowsOf(withoutRates)[0][0]);
    }
}
