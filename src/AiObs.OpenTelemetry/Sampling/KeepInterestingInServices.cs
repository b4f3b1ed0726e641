using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Puts the processor together with what the services of a provider say about its options, the clock and the name of our meter.</summary>
internal static class KeepInterestingInServices
{
    /// <summary>Adds a processor that gets kept spans alone.</summary>
    public static TracerProviderBuilder AddTo(
        TracerProviderBuilder builder, Func<IServiceProvider, BaseProcessor<Activity>> createProcessor, Action<KeepInterestingOptions>? configure) =>
        ((IDeferredTracerProviderBuilder)builder).Configure((services, deferred) =>
        {
            var options = new KeepInterestingOptions();
            ConfiguredOptions.Read(
                services.GetService<IConfiguration>(),
                KeepInterestingOptions.SectionName,
                options,
                static (section, options) => section.Bind(options),
                "Flags are true or false; numbers have a point; times are written like 00:00:05 (five seconds).");
            configure?.Invoke(options);
            KeepInterestingOptionsValidator.ThrowIfWrong(options);
            deferred.AddProcessor(Wrap(createProcessor(services), options, services));
        });

    public static KeepInterestingProcessor Wrap(BaseProcessor<Activity> processor, KeepInterestingOptions options, IServiceProvider services)
    {
        var meterName = services.GetService<GivenRoot>()?.Observability.Pipeline.Source.Name ?? ObservabilityInServices.Read(services).SourceName;
        return new KeepInterestingProcessor(processor, options, services.GetService<TimeProvider>(), meterName);
    }
}
