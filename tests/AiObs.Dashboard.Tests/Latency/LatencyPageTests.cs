using AiObs.Operations;
using AiObs.Store;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Latency;

public sealed class LatencyPageTests
{
    private const string FromStore = "Spans of whole hours, from the roll-ups of the trace store: the first and the last hour count as a whole.";
    private const string FromMemory = "Operations that ended in the last 60 minutes, measured in the memory of this process.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Latency_WithoutCalls_SaysTheLineToAdd()
    {
        await using var host = await StoppedHost.StartAsync();

        var page = await host.GetAsync("/latency");

        Assert.Contains("No model calls here.", page, StringComparison.Ordinal);
        Assert.Contains("<pre><code>services.AddChatClient(client).UseAgentObservability()</code></pre>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg class=\"chart\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_ByModel_HasPercentilesOfCallsAlone_FromTheStore()
    {
        await using var host = await StoppedHost.StartAsync(
            Call(1, "<b>m</b>", 100),
            Call(2, "<b>m</b>", 200) with { IsError = true },
            StoppedHost.Span(3, OperationKind.Embeddings, 40) with { Model = "small" },
            StoppedHost.Span(4, OperationKind.Agent, 9_000) with { Model = "small" },
            Call(5, "small", 7_000, minutes: 60 * 30));

        var page = await host.GetAsync("/latency");

        Assert.Contains(FromStore, page, StringComparison.Ordinal);
        var rows = StoppedHost.RowsOf(page);
        Assert.Contains(["&lt;b&gt;m&lt;/b&gt;", "2", "1 (50 %)", "100 ms", "200 ms", "200 ms", "200 ms", "", "slowest"], rows);
        Assert.Contains(["small", "1", "0", "40 ms", "40 ms", "40 ms", "40 ms", "", "slowest"], rows);
        Assert.DoesNotContain("<b>m", page, StringComparison.Ordinal);
        Assert.Contains("""href="/aiobs/traces?model=small&amp;order=Slowest">slowest</a>""", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("operation", "llm")]
    [InlineData("agent", "desk")]
    [InlineData("tool", "search")]
    [InlineData("provider", "openai")]
    public async Task Latency_ToldApart_MeasuresWhatBelongsTogether(string by, string name)
    {
        await using var host = await StoppedHost.StartAsync(
            Call(1, "m", 100) with { Provider = "openai" },
            Call(2, "m", 100) with { Provider = "openai" },
            StoppedHost.Span(3, OperationKind.Agent, 100) with { Agent = "desk" },
            StoppedHost.Span(4, OperationKind.Tool, 100) with { Tool = "search" });

        var page = await host.GetAsync($"/latency?by={by}");

        Assert.Contains($"<h2>p50, p95 and p99 of <bdi>{name}</bdi></h2>", page, StringComparison.Ordinal);
        Assert.Equal(by == "operation", !page.Contains(">slowest</a>", StringComparison.Ordinal));
        Assert.Equal(by == "operation" ? ["llm", "agent", "tool"] : [name], StoppedHost.RowsOf(page).Where(static row => row.Length >= 8).Select(static row => row[0]));
    }

    [Fact]
    public async Task Latency_Lines_AreOfTheBusiest_OrOfTheOneThatIsChosen()
    {
        await using var host = await StoppedHost.StartAsync(
            Call(1, "busy", 100), Call(2, "busy", 100), Call(3, "other", 300), Call(4, "other", 500, minutes: 60));

        var (busiest, chosen) = (await host.GetAsync("/latency"), await host.GetAsync("/latency?of=other"));

        Assert.Contains("""aria-label="Duration of busy by hour: p50, p95 and p99">""", busiest, StringComparison.Ordinal);
        Assert.Contains("""<a class="value" href="/aiobs/latency?of=other"><bdi>other</bdi></a>""", busiest, StringComparison.Ordinal);
        Assert.Contains("""aria-label="Duration of other by hour: p50, p95 and p99">""", chosen, StringComparison.Ordinal);

        // 830 wide in 25 parts up to half past twelve, 176 high for 600 ms: the last two parts have a value.
        Assert.Contains("""<path class="line l0" d="M850.2 43.33L883.4 102"/>""", chosen, StringComparison.Ordinal);
        Assert.Contains("2026-01-31 11:00 UTC · p99: 500 ms</title>", chosen, StringComparison.Ordinal);
        Assert.Contains(["2026-01-31 12:00", "300 ms", "300 ms", "300 ms"], StoppedHost.RowsOf(chosen));
        Assert.Contains(["2026-01-31 10:00", "", "", ""], StoppedHost.RowsOf(chosen));
    }

    [Fact]
    public async Task Latency_OfTheLastHour_ComesFromMemory_ByTheMinute()
    {
        await using var host = await StoppedHost.StartAsync(Call(1, "stored", 100));
        var clock = (TestClock)host.Services.GetRequiredService<TimeProvider>();
        await CallAsync(host, clock, "live", TimeSpan.FromSeconds(2));
        clock.Advance(TimeSpan.FromMinutes(3));
        await CallAsync(host, clock, "live", TimeSpan.FromSeconds(4));

        var page = await host.GetAsync("/latency?range=1h");

        Assert.Contains(FromMemory, page, StringComparison.Ordinal);
        Assert.DoesNotContain("stored", page, StringComparison.Ordinal);
        Assert.Contains(["live", "2", "0", "1.98 s", "4.00 s", "4.00 s", "4.00 s", "", "slowest"], StoppedHost.RowsOf(page));
        Assert.Contains("<li>by minute, UTC</li>", page, StringComparison.Ordinal);
        Assert.Contains(["2026-01-31 12:30", "2.00 s", "2.00 s", "2.00 s"], StoppedHost.RowsOf(page));
        Assert.Contains(["2026-01-31 12:31", "", "", ""], StoppedHost.RowsOf(page));
        Assert.Contains(["2026-01-31 12:33", "4.00 s", "4.00 s", "4.00 s"], StoppedHost.RowsOf(page));
    }

    [Fact]
    public async Task Latency_OfTheLastHourFiltered_ComesFromTheStore()
    {
        await using var host = await StoppedHost.StartAsync(Call(1, "stored", 100), Call(2, "other", 100));

        var page = await host.GetAsync("/latency?range=1h&model=stored&user=ann");

        Assert.Contains(FromStore, page, StringComparison.Ordinal);
        Assert.Equal(["stored"], StoppedHost.RowsOf(page).Where(static row => row.Length == 9).Select(static row => row[0]));
        Assert.Contains("Durations are not filtered by user.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=0001-01-01&to=9999-12-31T23:59:59.9999999Z")]
    [InlineData("to=0001-01-01&range=7d")]
    [InlineData("from=2026-02-01&to=2026-01-01")]
    [InlineData("by=user&of=nobody")]
    public async Task Latency_AStrangeQuestion_IsAPageAllTheSame(string query)
    {
        await using var host = await StoppedHost.StartAsync(Call(1, "m", 100));

        Assert.DoesNotContain("class=\"fault\"", await host.GetAsync($"/latency?{query}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_APartThatFails_LeavesTheOthersStanding()
    {
        await using var lines = await StoppedHost.StartAsync(new FailingTraceStore { FailsSeries = true }, observe: null, Call(1, "m", 100));
        await using var all = await StoppedHost.StartAsync(new FailingTraceStore { FailsLatencies = true }, observe: null, Call(1, "m", 100));

        var (withoutLines, withoutAny) = (await lines.GetAsync("/latency"), await all.GetAsync("/latency"));

        Assert.Equal(1, StoppedHost.CountOf(withoutLines, StoppedHost.Unread));
        Assert.Contains(["m", "1", "0", "100 ms", "100 ms", "100 ms", "100 ms", "", "slowest"], StoppedHost.RowsOf(withoutLines));
        Assert.Equal(1, StoppedHost.CountOf(withoutAny, StoppedHost.Unread));
    }

    private static SpanRecord Call(int trace, string model, double milliseconds, int minutes = 10) =>
        StoppedHost.Span(trace, OperationKind.Chat, milliseconds, minutes) with { Model = model };

    private static async Task CallAsync(DashboardHost host, TestClock clock, string model, TimeSpan duration)
    {
        var inner = new StubChatClient
        {
            OnResponse = _ =>
            {
                clock.Advance(duration);
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Well.")));
            },
        };
        using var client = inner.UseAgentObservability(host.Observability);
        await client.GetResponseAsync("Hi", new() { ModelId = model }, Token);
    }
}
