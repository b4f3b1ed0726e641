namespace AiObs.OpenTelemetry;

/// <summary>Which traces are exported whole, and how many of the others.</summary>
/// <remarks>
/// Metrics, costs and events are counted before anything is left out, so their totals stay exact. Options are read and validated once, when
/// the tracer provider is built.
/// </remarks>
public sealed class KeepInterestingOptions
{
    /// <summary>The configuration section that <c>AddKeepInteresting</c> binds: <c>AgentObservability:KeepInteresting</c>.</summary>
    /// <remarks>An exporter of ours has its own, <c>AgentObservability:Exporters:{name}:KeepInteresting</c>.</remarks>
    public const string SectionName = AgentObservabilityOptions.SectionName + ":KeepInteresting";

    /// <summary>Gets or sets how many of the ordinary traces are kept, as a part of 1.</summary>
    /// <value>The default is 0.1. Must lie between 0, which keeps none, and 1, which keeps all.</value>
    /// <remarks>
    /// Chosen by trace id in the way of the SDK's <c>TraceIdRatioBasedSampler</c>, so services with the same ratio keep the same traces.
    /// </remarks>
    public double Ratio { get; set; } = 0.1;

    /// <summary>Gets or sets a value indicating whether traces are kept in which any span failed.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool AlwaysKeepErrors { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether traces are kept in which a policy was violated or a model refused.</summary>
    /// <value>
    /// The default is <see langword="true"/>. It is a span event <c>policy_violation</c>, as of a budget, or the finish reason
    /// <c>content_filter</c> or <c>refusal</c>.
    /// </value>
    public bool AlwaysKeepRefusals { get; set; } = true;

    /// <summary>Gets or sets the time from the first start to the last end of a trace above which it is kept.</summary>
    /// <value>The default is <see langword="null"/>: no trace is kept for being slow. Must be more than zero.</value>
    public TimeSpan? SlowerThan { get; set; }

    /// <summary>Gets or sets what the model calls of a trace may cost together, in USD, above which it is kept.</summary>
    /// <value>The default is <see langword="null"/>: no trace is kept for its cost. Must be 0 or more. It needs cost tracking.</value>
    public decimal? CostlierThan { get; set; }

    /// <summary>Gets or sets how long a trace may wait for its end; then it is decided by what is known of it.</summary>
    /// <value>The default is 5 minutes. Must lie between a millisecond and a day.</value>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how many traces may wait at a time; when there are more, the oldest is decided early.</summary>
    /// <value>The default is 10,000. Must lie between 1 and 1,000,000.</value>
    public int MaxTraces { get; set; } = 10_000;

    /// <summary>Gets or sets how many finished spans of one trace may wait; a trace that has so many is decided early.</summary>
    /// <value>The default is 1,000. Must lie between 1 and 1,000,000.</value>
    public int MaxSpansPerTrace { get; set; } = 1_000;

    /// <summary>Gets or sets how many finished spans may wait in all; when there are more, the oldest trace is decided early.</summary>
    /// <value>The default is 50,000. Must lie between 1 and 10,000,000.</value>
    public int MaxSpans { get; set; } = 50_000;

    /// <summary>Gets or sets how many decisions are remembered for spans that end after their trace was decided.</summary>
    /// <value>The default is 10,000. Must lie between 1 and 1,000,000.</value>
    public int RememberedTraces { get; set; } = 10_000;
}
