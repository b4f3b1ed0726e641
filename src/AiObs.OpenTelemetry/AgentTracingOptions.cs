namespace AiObs.OpenTelemetry;

/// <summary>Which activity sources a tracer provider takes model calls from, and what it makes of duplicates.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats the defaults.</remarks>
public sealed class AgentTracingOptions
{
    /// <summary>The configuration section that options are bound from: <c>AgentObservability:Tracing</c>.</summary>
    public const string SectionName = AgentObservabilityOptions.SectionName + ":Tracing";

    /// <summary>Gets the names of further activity sources of AiObs, for clients that were given a source name of their own.</summary>
    /// <value>Empty by default. <see cref="AgentObservabilityOptions.SourceName"/> is always subscribed to.</value>
    public IList<string> SourceNames { get; } = [];

    /// <summary>Gets or sets what becomes of the model spans that other libraries write inside an observed model call.</summary>
    /// <value>The default is <see cref="DuplicateModelSpans.Demote"/>.</value>
    public DuplicateModelSpans DuplicateModelSpans { get; set; }

    /// <summary>Gets the names of further activity sources whose model spans may be duplicates; a trailing <c>*</c> stands for any ending.</summary>
    /// <value>
    /// Empty by default: those of Microsoft.Extensions.AI, Agent Framework, Semantic Kernel, Azure.AI and the SDKs of OpenAI and Anthropic
    /// are known. Add the name that was given to <c>UseOpenTelemetry(sourceName: …)</c>.
    /// </value>
    /// <remarks>Naming a source does not subscribe to it: its spans are exported only when the application calls <c>AddSource</c>.</remarks>
    public IList<string> ModelSourceNames { get; } = [];
}
