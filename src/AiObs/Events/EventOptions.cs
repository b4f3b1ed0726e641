namespace AiObs.Events;

/// <summary>Which events are raised, and what all of them pass through.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats the defaults.</remarks>
public sealed class EventOptions
{
    /// <summary>The configuration section that the options are bound from: <c>AgentObservability:Events</c>.</summary>
    /// <remarks>Its subsections <c>Sinks:{name}</c> hold the <see cref="EventSinkOptions"/> of the sinks.</remarks>
    public const string SectionName = "AgentObservability:Events";

    /// <summary>Gets or sets the application's own redaction: every event passes through it once, before any sink sees it.</summary>
    /// <value>
    /// The default is <see langword="null"/>. It returns the event as it may be shown, or <see langword="null"/> to drop it, which is
    /// counted in <c>aiobs.events.dropped</c>. <see cref="AgentEvent.Id"/> and <see cref="AgentEvent.Time"/> stay whatever it returns.
    /// </value>
    /// <remarks>
    /// It runs on the thread of the call and must be safe to call from several at once. When it throws, or returns data or content that
    /// no event can carry, the event goes out without its content; events of the application's own types lose their data too, because
    /// only the redactor knew what in it is harmless. Each failure counts in <c>aiobs.faults</c>.
    /// </remarks>
    public Func<AgentEvent, AgentEvent?>? Redact { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the content passed to <see cref="AgentEvents.TrackAsync(AgentEvent, CancellationToken)"/> is kept
    /// where <see cref="AgentObservabilityOptions.CaptureContent"/> has no <see cref="ContentCapture.Events"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: one switch decides over all content.</value>
    /// <remarks>Redaction rules and the length limit of <see cref="AgentObservabilityOptions.Privacy"/> apply to it in any case.</remarks>
    public bool KeepTrackedContent { get; set; }

    /// <summary>Gets or sets a value indicating whether each update of a stream raises <see cref="AgentEventTypes.ChunkReceived"/>.</summary>
    /// <value>The default is <see langword="false"/>: a stream can have thousands.</value>
    public bool ChunkEvents { get; set; }

    /// <summary>Gets or sets how long a model call may take before <see cref="AgentEventTypes.SlowCall"/> is raised.</summary>
    /// <value>The default is <see langword="null"/>: never. Must be more than zero.</value>
    public TimeSpan? SlowCallThreshold { get; set; }

    /// <summary>Gets or sets how much a model call may cost, in USD, before <see cref="AgentEventTypes.ExpensiveCall"/> is raised.</summary>
    /// <value>The default is <see langword="null"/>: never. Must be more than zero. Takes cost tracking.</value>
    public decimal? ExpensiveCallThreshold { get; set; }

    /// <summary>Gets or sets how long the sinks may take to write what waits, at the shutdown and in <see cref="AgentEvents.FlushAsync"/>.</summary>
    /// <value>The default is 5 seconds. Must be between 0 and 10 minutes.</value>
    /// <remarks>What could not be written by then is counted as dropped and logged.</remarks>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal EventOptions Clone() => (EventOptions)MemberwiseClone();
}
