namespace AiObs.OpenTelemetry;

/// <summary>Which activity sources a tracer provider takes spans from, and what it makes of those of other libraries.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats the defaults.</remarks>
public sealed class AgentTracingOptions
{
    /// <summary>The configuration section that options are bound from: <c>AgentObservability:Tracing</c>.</summary>
    public const string SectionName = AgentObservabilityOptions.SectionName + ":Tracing";

    /// <summary>Gets the names of further activity sources of AiObs, for clients that were given a source name of their own.</summary>
    /// <value>Empty by default. <see cref="AgentObservabilityOptions.SourceName"/> is always subscribed to.</value>
    public IList<string> SourceNames { get; } = [];

    /// <summary>Gets which libraries are subscribed to and have their spans translated.</summary>
    /// <value>All of them by default.</value>
    public BridgedLibraries Libraries { get; } = new();

    /// <summary>Gets the names of further activity sources that are subscribed to and have their GenAI spans translated; a trailing <c>*</c> stands for any ending.</summary>
    /// <value>Empty by default. Add the name that was given to <c>UseOpenTelemetry(sourceName: …)</c>.</value>
    public IList<string> ModelSourceNames { get; } = [];

    /// <summary>Gets or sets what becomes of the model spans of other libraries that stand for a call which another span counts.</summary>
    /// <value>The default is <see cref="DuplicateModelSpans.Demote"/>.</value>
    public DuplicateModelSpans DuplicateModelSpans { get; set; }

    /// <summary>Gets or sets what becomes of content that other libraries write on their spans.</summary>
    /// <value>The default is <see cref="ForeignContentMode.FollowPrivacy"/>.</value>
    /// <remarks>With <see cref="ForeignContentMode.Keep"/>, prompts and answers are exported as the other library writes them, even where privacy options hide them.</remarks>
    public ForeignContentMode ForeignContent { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the token totals that other libraries write on their agent spans, which repeat those of the model calls
    /// inside, move from <c>gen_ai.usage.*</c> to <c>aiobs.agent.usage.*</c>, which no backend adds up.
    /// </summary>
    /// <value>The default is <see langword="false"/>: they stay, and backends that add up all spans count these tokens twice.</value>
    public bool MoveAgentTotals { get; set; }

    /// <summary>Gets or sets for which spans of other libraries token and duration metrics are recorded.</summary>
    /// <value>The default is <see cref="BridgedMetrics.Missing"/>.</value>
    public BridgedMetrics BridgedMetrics { get; set; }
}
