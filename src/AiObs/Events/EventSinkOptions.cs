namespace AiObs.Events;

/// <summary>How events get to one sink.</summary>
/// <remarks>Code beats the configuration section <c>AgentObservability:Events:Sinks:{name}</c>, which beats the defaults.</remarks>
public sealed class EventSinkOptions
{
    /// <summary>Gets the types that the sink receives.</summary>
    /// <value>Empty by default: all. An event that no sink wants is never built.</value>
    public IList<string> Types { get; private set; } = [];

    /// <summary>Gets or sets what the sink promises to calls.</summary>
    /// <value>The default is <see cref="EventDelivery.BestEffort"/>.</value>
    public EventDelivery Delivery { get; set; }

    /// <summary>Gets or sets how many events may wait for the sink, those being written included.</summary>
    /// <value>The default is 10,000. Between 1 and 1,000,000.</value>
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>Gets or sets how many bytes of memory they may take together, roughly.</summary>
    /// <value>The default is 64 MiB. Between 1,024 and 1 TiB. An event that is larger than this waits only where no other does.</value>
    public long QueueCapacityBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets a value indicating whether the event that has waited longest goes when the queue is full, and not the one that arrives.</summary>
    /// <value>
    /// The default is <see langword="false"/>. With <see cref="EventDelivery.Durable"/> nothing is dropped: the call waits for room, within
    /// <see cref="DurableTimeout"/>.
    /// </value>
    public bool DropOldest { get; set; }

    /// <summary>Gets or sets how many events are written at once, at most.</summary>
    /// <value>The default is 256. Between 1 and 10,000.</value>
    public int BatchSize { get; set; } = 256;

    /// <summary>Gets or sets how long an event may wait for a batch to fill. What a call waits for is written at once.</summary>
    /// <value>The default is 1 second. Between 0 and 1 hour.</value>
    public TimeSpan BatchAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long one write may take; then its token is cancelled and it counts as failed.</summary>
    /// <value>The default is 10 seconds. Above 0, up to 1 hour.</value>
    /// <remarks>
    /// A write that ignores the token is left behind and the sink shows as <see cref="EventSinkState.Hung"/>. Two writes never overlap, so the
    /// next one starts when that one ends; if it ends well its events count as written.
    /// </remarks>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets a value indicating whether a call whose events are not confirmed in time throws <see cref="EventDeliveryException"/>; for <see cref="EventDelivery.Durable"/>.</summary>
    /// <value>
    /// The default is <see langword="false"/>: a warning is logged, and the call returns what it would have returned. A call that has failed already
    /// keeps its own exception.
    /// </value>
    public bool ThrowOnFailure { get; set; }

    /// <summary>Gets or sets how long a call waits for its events to be written, retries included; for <see cref="EventDelivery.Durable"/>.</summary>
    /// <value>The default is 5 seconds. Above 0, up to 1 hour.</value>
    public TimeSpan DurableTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how many writes in a row fail before the circuit opens.</summary>
    /// <value>The default is 3. Between 1 and 1,000.</value>
    public int FailureThreshold { get; set; } = 3;

    /// <summary>Gets or sets the pause after the first failed write, roughly; it doubles with each further one.</summary>
    /// <value>The default is 500 milliseconds. Above 0, up to 1 hour.</value>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets the longest pause between two tries.</summary>
    /// <value>The default is 30 seconds. From <see cref="BackOff"/> up to 1 hour.</value>
    public TimeSpan MaxBackOff { get; set; } = TimeSpan.FromSeconds(30);

    internal EventSinkOptions Clone()
    {
        var copy = (EventSinkOptions)MemberwiseClone();
        copy.Types = [.. Types];
        return copy;
    }
}
