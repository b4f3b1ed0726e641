using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.Aspire;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to the Aspire dashboard.</summary>
public static class AiObsAspireExporterExtensions
{
    /// <summary>Sends the spans of the provider to an Aspire dashboard: without further settings to one on this machine.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after the variables that an Aspire AppHost gives its resources (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>,
    /// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> and <c>x-otlp-api-key</c> in <c>OTEL_EXPORTER_OTLP_HEADERS</c>) or else those of the dashboard itself
    /// (<c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c>, <c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c>, the same with <c>DOTNET_DASHBOARD</c>, and
    /// <c>DASHBOARD__OTLP__PRIMARYAPIKEY</c>), and after the section of the configuration, where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>Aspire</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// An application that calls <c>UseOtlpExporter</c>, as the service defaults of Aspire do, sends its spans there already: do not add both.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddAspireExporter(
        this TracerProviderBuilder builder, Action<AspireExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<AspireExporterOptions>(new AspirePreset(), name).AddTo(builder, configure);
}
