
namespace AiObs.OpenTelemetry;

/// <summary>What can be set for every backend.</summary>
/// <remarks>
/// Code beats the configuration section <c>AgentObservability:Exporters:{name}</c>, which beats environment variables, which beat the
/// defaults. Options are read and validated once, when the tracer provider is built.
/// </remarks>
public abstract class BackendExporterOptionsBase
{
    /// <summary>The configuration section that has one section for each exporter: <c>AgentObservability:Exporters</c>.</summary>
    public const string SectionName = AgentObservabilityOptions.SectionName + ":Exporters";

    private protected BackendExporterOptionsBase()
    {
    }

    /// <summary>Gets or sets a value indicating whether spans are sent to this backend.</summary>
    /// <value>
    /// The default is <see langword="true"/>. Nothing is sent either when <see cref="AgentObservabilityOptions.Enabled"/> is
    /// <see langword="false"/> at the time the provider is built.
    /// </value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the address of the backend, to which the path of the signal is appended.</summary>
    public abstract Uri? Endpoint { get; set; }

    /// <summary>Gets further headers of each request; they replace those that the exporter sets itself.</summary>
    /// <value>
    /// Empty by default; values may hold any printable ASCII character. <c>OTEL_EXPORTER_OTLP_HEADERS</c> is not read, so that the key of one
    /// backend is never sent to another.
    /// </value>
    /// <remarks>Values are taken as they are: nothing in them is decoded or split. They are never logged.</remarks>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets a value indicating whether what a call cost is also written as <c>gen_ai.usage.cost</c>, in USD.</summary>
    /// <value>The default is <see langword="false"/>. Turn it on for a backend that takes its costs from there; others add it up as if it were tokens.</value>
    /// <remarks>
    /// Exporters share their spans, so every exporter of the same provider sees the attribute when one of them asks for it. Where two backends
    /// disagree, give each a provider of its own.
    /// </remarks>
    public bool WriteUsageCost { get; set; }

    /// <summary>Gets or sets which traces are sent, where not all are wanted.</summary>
    /// <value>The default is <see langword="null"/>: all are sent. Set at least one of its options to turn it on in a configuration.</value>
    /// <remarks>Metrics, costs and events are counted before anything is left out, so their totals stay exact.</remarks>
    public KeepInterestingOptions? KeepInteresting { get; set; }

    /// <summary>Gets or sets how many spans one request holds at most.</summary>
    /// <value>The default is <see langword="null"/>: what <c>OTEL_BSP_MAX_EXPORT_BATCH_SIZE</c> says, else 512. Must be at least 1.</value>
    public int? BatchSize { get; set; }

    /// <summary>Gets or sets how long a finished span waits for others before it is sent.</summary>
    /// <value>
    /// The default is <see langword="null"/>: what <c>OTEL_BSP_SCHEDULE_DELAY</c> says, else 5 seconds. Must lie between a millisecond and a day.
    /// </value>
    public TimeSpan? BatchDelay { get; set; }

    /// <summary>Gets or sets how many finished spans may wait before new ones are dropped.</summary>
    /// <value>
    /// The default is <see langword="null"/>: what <c>OTEL_BSP_MAX_QUEUE_SIZE</c> says, else 2,048, and never less than
    /// <see cref="BatchSize"/>. Must be at least <see cref="BatchSize"/>.
    /// </value>
    public int? QueueCapacity { get; set; }

    /// <summary>Gets or sets how long the backend may take to answer a request.</summary>
    /// <value>
    /// The default is <see langword="null"/>: what <c>OTEL_EXPORTER_OTLP_TIMEOUT</c> says, else 10 seconds. Must lie between a millisecond and a
    /// day.
    /// </value>
    public TimeSpan? Timeout { get; set; }

    /// <summary>Gets the names of those options that are set and that not every backend has which takes options of this type.</summary>
    internal virtual IEnumerable<string> Particular => [];
}
