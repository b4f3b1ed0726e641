namespace AiObs.Delivery;

/// <summary>How items get to a target.</summary>
internal sealed record DeliveryOptions
{
    /// <summary>Gets how many items may wait, those being written included.</summary>
    public required int Capacity { get; init; }

    /// <summary>Gets how many bytes they may take together; one item alone may take more.</summary>
    public required long CapacityBytes { get; init; }

    /// <summary>Gets a value indicating whether the oldest item has to go when there is no room for a new one.</summary>
    public bool DropsOldest { get; init; }

    /// <summary>Gets how many items are written at once, at most.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Gets how long an item may wait for a batch to fill.</summary>
    public TimeSpan BatchAge { get; init; }

    /// <summary>Gets how long one write may take; then it is cancelled and counts as failed.</summary>
    public required TimeSpan WriteTimeout { get; init; }

    /// <summary>Gets how many writes in a row fail before nobody waits for the target any more.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Gets the pause after the first failed write, roughly; it doubles with each further one.</summary>
    public required TimeSpan BackOff { get; init; }

    /// <summary>Gets the longest pause between two tries.</summary>
    public required TimeSpan MaxBackOff { get; init; }

    /// <summary>Gets how long the rest may take to be written when the channel is closed.</summary>
    public required TimeSpan StopTimeout { get; init; }
}
