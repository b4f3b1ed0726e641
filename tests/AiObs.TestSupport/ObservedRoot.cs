using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.TestSupport;

/// <summary>A root with a source of its own, a clock that stands still, and everything that comes out of it.</summary>
public sealed class ObservedRoot : IDisposable
{
    public ObservedRoot(Action<AgentObservabilityOptions>? configure = null, ILoggerFactory? logs = null)
    {
        Source = $"root-{Guid.NewGuid():N}";
        Spans = new SpanCollector(Source);
        Metrics = new MetricCollector(Source);
        Root = AgentObservability.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock).AddSingleton(logs ?? Logs.ToFactory());
            builder.Configure(o => (o.SourceName, o.CallbackTimeout) = (Source, HangGuard.LongestCallback));
            builder.Configure(configure ?? (_ => { }));
        });
    }

    public string Source { get; }

    public SpanCollector Spans { get; }

    public MetricCollector Metrics { get; }

    public TestClock Clock { get; } = new();

    public FakeLogCollector Logs { get; } = new();

    public AgentObservability Root { get; }

    /// <summary>Makes a plain call and returns what came back; a failure is the caller's to expect.</summary>
    public async Task<ChatResponse> AskAsync(IChatClient inner, ChatOptions? options = null, string text = "Hi")
    {
        using var client = inner.UseAgentObservability(Root);
        return await client.GetResponseAsync(text, options, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        Root.Dispose();
        Metrics.Dispose();
        Spans.Dispose();
    }
}
