using AiObs.TestSupport;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Tests.Tracing;

/// <summary>A root with a source of its own, and what it traced.</summary>
internal sealed class TracerFixture : IDisposable
{
    private readonly AgentObservability _observability;
    private readonly SpanCollector _spans;

    public TracerFixture(Action<AgentObservabilityOptions>? configure = null, bool isListening = true)
    {
        var source = $"tracer-{Guid.NewGuid():N}";
        _spans = new SpanCollector(isListening ? source : "nobody");
        _observability = new AgentObservability(Options(source, configure), Logs.ToFactory(), clock: null, observers: []);
    }

    public AiObs.AgentTracer Tracer => _observability.Tracer;

    public SpanCollector Spans => _spans;

    public FakeLogCollector Logs { get; } = new();

    public void Dispose()
    {
        _observability.Dispose();
        _spans.Dispose();
    }

    private static AgentObservabilityOptions Options(string source, Action<AgentObservabilityOptions>? configure)
    {
        var options = new AgentObservabilityOptions { SourceName = source, CaptureContent = ContentCapture.All };
        configure?.Invoke(options);
        return options;
    }
}
