using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.GrafanaCloud;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to Grafana Cloud.</summary>
public static class AiObsGrafanaCloudExporterExtensions
{
    /// <summary>Sends the spans of the provider to a stack of Grafana Cloud.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after <c>GRAFANA_CLOUD_ZONE</c>, <c>GRAFANA_CLOUD_INSTANCE_ID</c> and <c>GRAFANA_CLOUD_API_KEY</c>, and after the section
    /// of the configuration, where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>GrafanaCloud</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// Zone or endpoint, instance and token must be set in these places. For a Grafana of your own use <c>AddOtlpBackendExporter</c>.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddGrafanaCloudExporter(
        this TracerProviderBuilder builder, Action<GrafanaCloudExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<GrafanaCloudExporterOptions>(new GrafanaCloudPreset(), name).AddTo(builder, configure);
}
