using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.Dynatrace;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to Dynatrace.</summary>
public static class AiObsDynatraceExporterExtensions
{
    /// <summary>Sends the spans of the provider to a Dynatrace environment.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after <c>DT_ENDPOINT</c>, <c>DT_API_TOKEN</c> and <c>DT_PLATFORM_TOKEN</c>, and after the section of the configuration,
    /// where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>Dynatrace</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// Environment or endpoint, and one of the tokens, must be set in these places.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddDynatraceExporter(
        this TracerProviderBuilder builder, Action<DynatraceExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<DynatraceExporterOptions>(new DynatracePreset(), name).AddTo(builder, configure);
}
