using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Store.Tests.Traces;

/// <summary>A root that keeps traces, with a clock that stands still, and nobody else who listens to its spans.</summary>
internal sealed class TracedRoot : IAsyncDisposable
{
    public TracedRoot(ITraceStore? store = null, Action<AgentObservabilityBuilder>? build = null, Action<TraceOptions>? configure = null)
    {
        Metrics = new MetricCollector(Source);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton(Logs.ToFactory());
            builder.Configure(options => (options.SourceName, options.CallbackTimeout) = (Source, HangGuard.LongestCallback));
            if (store is not null)
            {
                builder.Services.AddSingleton(store);
            }

            builder.AddTraces(configure);
            build?.Invoke(builder);
        });
        Store = Root.OwnServices!.GetRequiredService<ITraceStore>();
    }

    public string Source { get; } = $"traces-{Guid.NewGuid():N}";

    public TestClock Clock { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public MetricCollector Metrics { get; }

    public AgentObservability Root { get; }

    public ITraceStore Store { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<ChatResponse> AskAsync(IChatClient inner, ChatOptions? options = null, string text = "Hi")
    {
        using var client = inner.UseAgentObservability(Root);
        return await client.GetResponseAsync(text, options, Stop);
    }

    /// <summary>Waits for the store and returns what it has.</summary>
    public async Task<IReadOnlyList<SpanRecord>> SpansAsync(SpanDetail detail = SpanDetail.Content)
    {
        await Root.FlushTracesAsync(Stop);
        return (await Store.ListSpansAsync(new() { Detail = detail, PageSize = 1_000 }, Stop)).Spans;
    }

    /// <summary>Moves the clock from timer to timer until a task ends; those of a write that has its time, a minute, are left alone: it is on its way.</summary>
    public async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }

        await task;
    }

    public async ValueTask DisposeAsync()
    {
        await Root.DisposeAsync();
        Metrics.Dispose();
    }
}
