using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.Otlp;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to any backend that speaks OTLP.</summary>
public static class AiObsOtlpBackendExporterExtensions
{
    /// <summary>Sends the spans of the provider to a backend that speaks OTLP.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after the section of the configuration, where there is one. The endpoint must be set in one of these places.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>OtlpBackend</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// Unlike <c>AddOtlpExporter</c> it reads none of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_EXPORTER_OTLP_HEADERS</c> and
    /// <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, takes header values as they are, and may stand beside <c>UseOtlpExporter</c>.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddOtlpBackendExporter(
        this TracerProviderBuilder builder, Action<OtlpBackendExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<OtlpBackendExporterOptions>(new OtlpBackendPreset(), name).AddTo(builder, configure);
}
