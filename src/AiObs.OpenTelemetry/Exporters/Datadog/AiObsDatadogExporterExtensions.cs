using AiObs.OpenTelemetry.Exporters;
using AiObs.OpenTelemetry.Exporters.Datadog;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Sends spans to Datadog.</summary>
public static class AiObsDatadogExporterExtensions
{
    /// <summary>Sends the spans of the provider to Datadog, for Agent Observability (formerly LLM Observability), with no agent in between.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after <c>DD_SITE</c>, <c>DD_API_KEY</c> and <c>DD_LLMOBS_ML_APP</c>, and after the section of the configuration, where there
    /// is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>Datadog</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// The key must be set in one of these places. To send through a Datadog Agent or a collector use <c>AddOtlpBackendExporter</c>.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddDatadogExporter(
        this TracerProviderBuilder builder, Action<DatadogExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<DatadogExporterOptions>(new DatadogPreset(), name).AddTo(builder, configure);
}
