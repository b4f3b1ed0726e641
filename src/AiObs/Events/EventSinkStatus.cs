using AiObs.Delivery;

namespace AiObs.Events;

/// <summary>How a sink does, at one moment.</summary>
public sealed record EventSinkStatus
{
    /// <summary>Gets the sink's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the sink promises to calls.</summary>
    public required EventDelivery Delivery { get; init; }

    /// <summary>Gets how it does.</summary>
    public required EventSinkState State { get; init; }

    /// <summary>Gets how many events wait, those being written included.</summary>
    public required long Queued { get; init; }

    /// <summary>Gets how many events can wait.</summary>
    public required int Capacity { get; init; }

    /// <summary>Gets how many events were written since the sink was added.</summary>
    public required long Written { get; init; }

    /// <summary>Gets how many events were lost since the sink was added.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gets how many writes in a row failed.</summary>
    public required int Failures { get; init; }

    /// <summary>Gets when a write last succeeded; <see langword="null"/> when none did.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Gets when a write last failed; <see langword="null"/> when none did.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>Gets the full type name of what it threw then.</summary>
    public string? LastErrorType { get; init; }

    /// <summary>Gets the same losses by reason.</summary>
    internal DropCounts Drops { get; init; }
}
