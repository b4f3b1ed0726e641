using AiObs.Cost.Pricing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.Libraries.Tests;

/// <summary>A root that may record content, and who listens to it.</summary>
internal sealed class ObservedApplication : IDisposable
{
    private readonly TracerProvider? _provider;

    public ObservedApplication(Listener listener)
    {
        Root = AgentObservability.Create(builder =>
        {
            builder.Configure(options => options.CaptureContent = ContentCapture.All);
            if (listener == Listener.Costs)
            {
                builder.AddCostTracking(static options => options.Pricing.LocalCalls = LocalCallPricing.LikeProvider);
            }
        });
        _provider = listener == Listener.Tracer ? Sdk.CreateTracerProviderBuilder().AddAgentObservability(Root).Build() : null;
    }

    public AgentObservability Root { get; }

    public void Dispose()
    {
        _provider?.Dispose();
        Root.Dispose();
    }
}
