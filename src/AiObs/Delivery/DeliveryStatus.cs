namespace AiObs.Delivery;

/// <summary>How a target does, at one moment.</summary>
internal sealed record DeliveryStatus
{
    public required DeliveryState State { get; init; }

    /// <summary>Gets how many items wait, those being written included.</summary>
    public required long Waiting { get; init; }

    public required long Written { get; init; }

    public required DropCounts Drops { get; init; }

    public long Dropped => Drops.Total;

    /// <summary>Gets how many writes in a row failed.</summary>
    public required int Failures { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    public DateTimeOffset? LastFailure { get; init; }

    public string? LastErrorType { get; init; }
}
