using AiObs.OpenTelemetry;

namespace OpenTelemetry.Metrics;

/// <summary>Subscribes a meter provider to the metrics of AiObs.</summary>
public static class AiObsMeterProviderBuilderExtensions
{
    /// <summary>Subscribes to the metrics of AiObs. Calling it twice is harmless.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="sourceNames">The names of further meters of AiObs, for clients that were given a source name of their own.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="sourceNames"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// The meter is the one that <c>AgentObservabilityOptions</c> in the provider's services name, else <c>AiObs</c>, and those of all roots with a name there. Histograms come with the
    /// buckets of the GenAI conventions; views of the application's own change them.
    /// </remarks>
    public static MeterProviderBuilder AddAgentObservability(this MeterProviderBuilder builder, params string[] sourceNames)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sourceNames);

        // The SDK listens to a meter once, however often it is named.
        return ((IDeferredMeterProviderBuilder)builder).Configure((services, deferred) =>
            deferred.AddMeter([ObservabilityInServices.Read(services).SourceName, .. ObservabilityInServices.SourcesOfNamedRoots(services), .. sourceNames]));
    }
}
