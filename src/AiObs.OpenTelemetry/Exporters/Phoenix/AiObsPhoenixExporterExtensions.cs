using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.Phoenix;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to Arize Phoenix.</summary>
public static class AiObsPhoenixExporterExtensions
{
    /// <summary>Sends the spans of the provider to Arize Phoenix: without further settings to one on this machine.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after <c>PHOENIX_COLLECTOR_ENDPOINT</c>, <c>PHOENIX_API_KEY</c> and <c>PHOENIX_PROJECT_NAME</c> and after the section of
    /// the configuration, where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>Phoenix</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// A later call to <c>SetResourceBuilder</c> throws the project away; use <c>ConfigureResource</c>.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddPhoenixExporter(
        this TracerProviderBuilder builder, Action<PhoenixExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<PhoenixExporterOptions>(new PhoenixPreset(), name).AddTo(builder, configure);
}
