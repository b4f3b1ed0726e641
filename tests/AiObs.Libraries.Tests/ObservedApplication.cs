using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Libraries.Tests;

/// <summary>A root that records content, and a tracer provider that listens to it or not.</summary>
internal sealed class ObservedApplication : IDisposable
{
    private readonly TracerProvider? _provider;

    public ObservedApplication(bool isListening)
    {
        Root = AgentObservability.Create(builder => builder.AddCostTracking().Configure(options => options.CaptureContent = ContentCapture.All));
        _provider = isListening ? Sdk.CreateTracerProviderBuilder().AddAgentObservability(Root).Build() : null;
    }

    public AgentObservability Root { get; }

    public void Dispose()
    {
        _provider?.Dispose();
        Root.Dispose();
    }
}
