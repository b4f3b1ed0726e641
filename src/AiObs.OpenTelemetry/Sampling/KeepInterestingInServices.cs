using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Puts the processor together with what the services of a provider say about the clock and the name of our meter.</summary>
internal static class KeepInterestingInServices
{
    public static KeepInterestingProcessor Wrap(BaseProcessor<Activity> processor, KeepInterestingOptions options, IServiceProvider services) =>
        new(processor, options, services.GetService<TimeProvider>(), ObservabilityInServices.Read(services).SourceName);
}
