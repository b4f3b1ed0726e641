using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.TestSupport;

/// <summary>A root with a clock that stands still, and everything that its events leave behind.</summary>
public sealed class EventRoot : IAsyncDisposable
{
    public EventRoot(Action<AgentObservabilityBuilder>? build = null)
    {
        Source = $"events-{Guid.NewGuid():N}";
        Spans = new SpanCollector(Source);
        Metrics = new MetricCollector(Source);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton(Logs.ToFactory());
            builder.Configure(options => (options.SourceName, options.CallbackTimeout) = (Source, HangGuard.LongestCallback));
            build?.Invoke(builder);
        });
    }

    public string Source { get; }

    public SpanCollector Spans { get; }

    public MetricCollector Metrics { get; }

    public TestClock Clock { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public AgentObservability Root { get; }

    public AgentEvents Events => Root.Events;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes a root whose content may stand in events.</summary>
    public static EventRoot WithContent(ContentCapture capture = ContentCapture.Events, Action<AgentObservabilityBuilder>? build = null) => new(builder =>
    {
        builder.Configure(options => options.CaptureContent = capture);
        build?.Invoke(builder);
    });

    public StubEventSink AddSink(Action<EventSinkOptions>? configure = null, StubEventSink? sink = null)
    {
        sink ??= new StubEventSink();
        Events.AddSink(
            sink,
            options =>
            {
                // On a busy machine the clock of a test may run ahead of what waits for it.
                options.WriteTimeout = TimeSpan.FromHours(1);
                options.DurableTimeout = TimeSpan.FromHours(1);
                configure?.Invoke(options);
            },
            "stub");
        return sink;
    }

    /// <summary>Adds a sink whose calls wait for it.</summary>
    public StubEventSink AddDurable(Action<EventSinkOptions>? configure = null, StubEventSink? sink = null) => AddSink(
        options =>
        {
            options.Delivery = EventDelivery.Durable;
            configure?.Invoke(options);
        },
        sink);

    public async Task<ChatResponse> AskAsync(IChatClient inner, string text = "Hi")
    {
        using var client = inner.UseAgentObservability(Root);
        return await client.GetResponseAsync(text, cancellationToken: Token);
    }

    public async Task<List<ChatResponseUpdate>> ReadAsync(IChatClient inner)
    {
        using var client = inner.UseAgentObservability(Root);
        return await client.GetStreamingResponseAsync("Hi", cancellationToken: Token).ToListAsync(Token);
    }

    public ValueTask<AgentEvent?> TrackAsync(string type) => Events.TrackAsync(type, cancellationToken: Token);

    public async Task TrackAsync(params IEnumerable<string> types)
    {
        foreach (var type in types)
        {
            await TrackAsync(type);
        }
    }

    /// <summary>Returns what became of the only event of a type.</summary>
    public async Task<AgentEvent> OnlyAsync(StubEventSink sink, string type) => Assert.Single(await AllAsync(sink, type));

    /// <summary>Returns what became of the events of a type, in their order.</summary>
    public async Task<IReadOnlyList<AgentEvent>> AllAsync(StubEventSink sink, string type)
    {
        await Events.FlushAsync(Token);
        return [.. sink.Accepted.Where(item => item.Type == type)];
    }

    /// <summary>Moves the clock from timer to timer until a task ends; timers that are due later than in a minute are left alone.</summary>
    public async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            Token.ThrowIfCancellationRequested();
            Clock.TryAdvanceToNextTimer(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await task;
    }

    public async ValueTask DisposeAsync()
    {
        await Root.DisposeAsync();
        Metrics.Dispose();
        Spans.Dispose();
    }
}
