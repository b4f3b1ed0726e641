using System.Globalization;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Traces;

public sealed class RecentLatenciesTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly AgentObservability _root;

    public RecentLatenciesTests() => _root = AgentObservability.Create(builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Configure(static options => options.SourceName = $"latencies-{Guid.NewGuid():N}").AddLatencies().AddLatencies();
    });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RecentLatencies Latencies => _root.Latencies!;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Summarize_Calls_GivesPercentilesCountAndErrorsByModel()
    {
        foreach (var seconds in Enumerable.Range(1, 100))
        {
            await CallAsync("fast", TimeSpan.FromMilliseconds(seconds));
        }

        await CallAsync("slow", TimeSpan.FromSeconds(9));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await CallAsync("slow", TimeSpan.FromSeconds(1), new InvalidOperationException()));

        var groups = Latencies.Summarize(LatencyGrouping.Model);

        Assert.Equal(["fast", "slow"], groups.Select(static group => group.Key));
        var (fast, slow) = (groups[0].Histogram, groups[1].Histogram);
        Assert.Equal((100L, 0L, TimeSpan.FromMilliseconds(100)), (fast.Count, fast.ErrorCount, fast.Max));
        Assert.Equal((2L, 1L, TimeSpan.FromSeconds(9)), (slow.Count, slow.ErrorCount, slow.Max));
        Assert.Equal(50, fast.Percentile(0.50).TotalMilliseconds, tolerance: 0.5);
        Assert.Equal(95, fast.Percentile(0.95).TotalMilliseconds, tolerance: 0.95);
        Assert.Equal(99, fast.Percentile(0.99).TotalMilliseconds, tolerance: 0.99);
    }

    [Fact]
    public async Task Summarize_WhileCallsEndAndMinutesPass_CountsThemAll()
    {
        var calling = Task.Run(
            async () =>
            {
                for (var call = 0; call < 3_000; call++)
                {
                    await CallAsync($"m{call}", TimeSpan.FromMilliseconds(50));
                }
            },
            Stop);
        var last = 0L;
        do
        {
            var count = Latencies.Summarize().Sum(static group => group.Histogram.Count);

            // Minutes are read one after the other, so that a call in a later one may be seen before one in an earlier: none is lost, and none counts twice.
            Assert.InRange(count, last, 3_000);
            last = count;
        }
        while (!calling.IsCompleted);

        await calling;
        Assert.Equal(3_000, Assert.Single(Latencies.Summarize()).Histogram.Count);
    }

    [Fact]
    public async Task Summarize_CallThatItsClientRefused_IsNoCall()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await CallAsync("m", TimeSpan.Zero, new ArgumentException("No.")));

        Assert.Empty(Latencies.Summarize());
    }

    [Fact]
    public async Task Summarize_AgentWithTool_TellsOperationsAgentsAndToolsApart()
    {
        await _root.Tracer.TraceAgentAsync("weather", new AgentStart { Input = "x" }, async _ =>
        {
            await _root.Tracer.TraceToolAsync("forecast", new ToolStart { Arguments = "{}" }, static _ => Task.FromResult(1), Stop);
            await CallAsync("m", TimeSpan.FromSeconds(1));
        }, Stop);

        Assert.Equal(["Agent", "Chat", "Tool"], Latencies.Summarize(LatencyGrouping.Operation).Select(static group => group.Key));
        Assert.Equal([("weather", 3L)], Latencies.Summarize(LatencyGrouping.Agent).Select(static group => (group.Key, group.Histogram.Count)));
        Assert.Equal([("forecast", 1L)], Latencies.Summarize(LatencyGrouping.Tool, OperationKind.Tool).Select(static group => (group.Key, group.Histogram.Count)));
        Assert.Equal([(null, 3L)], Latencies.Summarize().Select(static group => (group.Key, group.Histogram.Count)));
        Assert.Equal(["stub"], Latencies.Summarize(LatencyGrouping.Provider, OperationKind.Chat).Select(static group => group.Key));
    }

    [Fact]
    public async Task Summarize_AfterAnHour_HasForgotten()
    {
        await CallAsync("first", TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await CallAsync("second", TimeSpan.Zero);

        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(["first", "second"], Latencies.Summarize(LatencyGrouping.Model).Select(static group => group.Key));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["second"], Latencies.Summarize(LatencyGrouping.Model).Select(static group => group.Key));
        _clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(Latencies.Summarize(LatencyGrouping.Model));
    }

    [Fact]
    public async Task SummarizeMinutes_Calls_StandInTheMinuteInWhichTheyEnded_UntilItIsAnHourAgo()
    {
        var start = _clock.GetUtcNow();
        await CallAsync("m", TimeSpan.FromSeconds(59));
        await CallAsync("m", TimeSpan.FromSeconds(1));
        await CallAsync("m", TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await CallAsync("other", TimeSpan.FromSeconds(1));

        Assert.Equal(
            [("m", start, 1L, 59.0), ("m", start.AddMinutes(1), 2L, 5.0), ("other", start.AddMinutes(3), 1L, 1.0)],
            Latencies.SummarizeMinutes(LatencyGrouping.Model).Select(static group => (group.Key, group.Start!.Value, group.Histogram.Count, group.Histogram.Max.TotalSeconds)));
        Assert.Equal([start, start.AddMinutes(1), start.AddMinutes(3)], Latencies.SummarizeMinutes(kind: OperationKind.Chat).Select(static group => group.Start!.Value));
        Assert.Empty(Latencies.SummarizeMinutes(kind: OperationKind.Tool));

        _clock.Advance(TimeSpan.FromMinutes(57));
        Assert.Equal([start.AddMinutes(1), start.AddMinutes(3)], Latencies.SummarizeMinutes().Select(static group => group.Start!.Value));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([start.AddMinutes(3)], Latencies.SummarizeMinutes().Select(static group => group.Start!.Value));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Empty(Latencies.SummarizeMinutes());
    }

    [Fact]
    public async Task Summarize_MoreThanAThousandNames_PutsTheRestTogetherUntilOthersAreForgotten()
    {
        for (var number = 0; number < RecentLatencies.MaxNames + 3; number++)
        {
            await CallAsync(number.ToString("0000", CultureInfo.InvariantCulture), TimeSpan.Zero);
        }

        var groups = Latencies.Summarize(LatencyGrouping.Model);
        Assert.Equal(RecentLatencies.MaxNames + 1, groups.Count);
        Assert.Equal((LatencyGroup.Other, 3L), (groups[^1].Key, groups[^1].Histogram.Count));

        _clock.Advance(TimeSpan.FromHours(1));
        await CallAsync("new", TimeSpan.Zero);
        Assert.Equal(["new"], Latencies.Summarize(LatencyGrouping.Model).Select(static group => group.Key));
    }

    private async Task CallAsync(string model, TimeSpan duration, Exception? failure = null)
    {
        var inner = new StubChatClient
        {
            OnResponse = call =>
            {
                _clock.Advance(duration);
                return failure is null ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Well."))) : throw failure;
            },
        };
        using var client = inner.UseAgentObservability(_root);
        await client.GetResponseAsync("Hi", new() { ModelId = model }, Stop);
    }
}
