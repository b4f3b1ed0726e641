using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Puts the processor together with what the services of a provider say about the clock and the name of our meter.</summary>
internal static class KeepInterestingInServices
{
    public static KeepInterestingProcessor Wrap(BaseProcessor<Activity> processor, KeepInterestingOptions options, IServiceProvider services)
    {
        var meterName = services.GetService<GivenRoot>()?.Observability.Pipeline.Source.Name ?? ObservabilityInServices.Read(services).SourceName;
        return new KeepInterestingProcessor(processor, options, services.GetService<TimeProvider>(), meterName);
    }
}
