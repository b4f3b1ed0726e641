using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.LangSmith;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to LangSmith.</summary>
public static class AiObsLangSmithExporterExtensions
{
    /// <summary>Sends the spans of the provider to a LangSmith project.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after <c>LANGSMITH_ENDPOINT</c>, <c>LANGSMITH_API_KEY</c> and <c>LANGSMITH_PROJECT</c>, and after the section of the
    /// configuration, where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>LangSmith</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// The key must be set in one of these places.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddLangSmithExporter(
        this TracerProviderBuilder builder, Action<LangSmithExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<LangSmithExporterOptions>(new LangSmithPreset(), name).AddTo(builder, configure);
}
