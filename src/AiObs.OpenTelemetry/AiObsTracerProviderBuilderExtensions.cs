using System.Diagnostics;
using AiObs;
using AiObs.OpenTelemetry;
using AiObs.OpenTelemetry.Backends;
using AiObs.OpenTelemetry.Bridge;
using AiObs.OpenTelemetry.Sampling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Trace;

/// <summary>Subscribes a tracer provider to the spans of AiObs and of the libraries that it translates, and sends them to backends.</summary>
public static class AiObsTracerProviderBuilderExtensions
{
    /// <summary>
    /// Subscribes to the spans of AiObs and of the libraries that write GenAI spans, and makes of the latter what spans of AiObs are
    /// before any exporter sees them: translated, priced, told to event sinks, and counted once. Calling it twice is harmless.
    /// </summary>
    /// <param name="builder">The builder; where among its other calls this one stands does not matter.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:Tracing</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// Spans of other libraries belong to the <see cref="AgentObservability"/> in the provider's services; without one, to one that is
    /// made of the configuration and tracks no costs. Its source is subscribed to, else <c>AiObs</c>, and those of all roots with a name there. Options are validated when the
    /// provider is built.
    /// </remarks>
    public static TracerProviderBuilder AddAgentObservability(
        this TracerProviderBuilder builder, Action<AgentTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return BridgeRegistration.AddTo(builder, given: null, configure);
    }

    /// <summary>The same, for spans of other libraries to belong to a root that does not come from the provider's services.</summary>
    /// <param name="builder">The builder; where among its other calls this one stands does not matter.</param>
    /// <param name="observability">The root, as <see cref="AgentObservability.Create"/> makes it; dispose it after the provider.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:Tracing</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    public static TracerProviderBuilder AddAgentObservability(
        this TracerProviderBuilder builder, AgentObservability observability, Action<AgentTracingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observability);
        return BridgeRegistration.AddTo(builder, observability, configure);
    }

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
        new ExporterRegistration<PhoenixExporterOptions>(BackendRules.Phoenix, static (section, options) => section.Bind(options), name)
            .AddTo(builder, configure);

    /// <summary>Sends the spans of the provider to a Langfuse project.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">
    /// What to set; runs after <c>LANGFUSE_PUBLIC_KEY</c>, <c>LANGFUSE_SECRET_KEY</c> and <c>LANGFUSE_BASE_URL</c> or <c>LANGFUSE_HOST</c>, and
    /// after the section of the configuration, where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is <c>Langfuse</c>; a second
    /// exporter of this kind needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// The keys must be set in one of these places.
    /// Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddLangfuseExporter(
        this TracerProviderBuilder builder, Action<LangfuseExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<LangfuseExporterOptions>(BackendRules.Langfuse, static (section, options) => section.Bind(options), name)
            .AddTo(builder, configure);

    /// <summary>Sends the spans of the provider to a backend that speaks OTLP.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="backend">The backend: one whose needs are known, or <see cref="OtlpBackend.Generic"/>.</param>
    /// <param name="configure">
    /// What to set; runs after the environment variables of the backend, which its options name, and after the section of the configuration,
    /// where there is one.
    /// </param>
    /// <param name="name">
    /// The name of the exporter, of its options and of its section below <c>AgentObservability:Exporters</c>. The default is the name of the
    /// backend, and <c>OtlpBackend</c> for <see cref="OtlpBackend.Generic"/>; a second exporter for the same one needs a name of its own.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="backend"/> is unknown.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">An exporter of the same name was added before.</exception>
    /// <exception cref="NotSupportedException">The services of the provider were built before this call.</exception>
    /// <remarks>
    /// Unlike <c>AddOtlpExporter</c> it takes header values as they are, may stand beside <c>UseOtlpExporter</c>, and, but for Aspire, reads none
    /// of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_EXPORTER_OTLP_HEADERS</c> and <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>.
    /// An application that calls <c>UseOtlpExporter</c>, as the service defaults of Aspire do, sends its spans to Aspire already: do not add both.
    /// Wrong options, and options that the backend does not have, fail the build of the provider with an <see cref="OptionsValidationException"/>.
    /// </remarks>
    public static TracerProviderBuilder AddOtlpBackend(
        this TracerProviderBuilder builder, OtlpBackend backend, Action<OtlpBackendExporterOptions>? configure = null, string? name = null) =>
        new ExporterRegistration<OtlpBackendExporterOptions>(BackendRules.Of(backend), static (section, options) => section.Bind(options), name)
            .AddTo(builder, configure);

    /// <summary>Adds an exporter that gets batches of spans, of interesting traces and of a part of the ordinary ones alone.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="exporter">The exporter.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:KeepInteresting</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="exporter"/> is <see langword="null"/>.</exception>
    /// <remarks>Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.</remarks>
    public static TracerProviderBuilder AddKeepInteresting(
        this TracerProviderBuilder builder, BaseExporter<Activity> exporter, Action<KeepInterestingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(exporter);
        return builder.AddKeepInteresting(_ => new BatchActivityExportProcessor(exporter), configure);
    }

    /// <summary>Adds a processor that gets the spans of interesting traces and of a part of the ordinary ones alone.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="createProcessor">Makes the processor, from the services of the provider, when the provider is built.</param>
    /// <param name="configure">
    /// What to set; runs after the section <c>AgentObservability:KeepInteresting</c> of the configuration, where there is one.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="createProcessor"/> is <see langword="null"/>.</exception>
    /// <remarks>Wrong options fail the build of the provider with an <see cref="OptionsValidationException"/>.</remarks>
    public static TracerProviderBuilder AddKeepInteresting(
        this TracerProviderBuilder builder,
        Func<IServiceProvider, BaseProcessor<Activity>> createProcessor,
        Action<KeepInterestingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(createProcessor);
        return KeepInterestingInServices.AddTo(builder, createProcessor, configure);
    }
}
