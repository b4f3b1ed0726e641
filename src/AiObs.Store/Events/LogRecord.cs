using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>What a log says of itself, beside its events.</summary>
/// <param name="Writers">The writers' rows, in the order in which they opened.</param>
/// <param name="Checkpoints">The newest checkpoint of each writer that has any.</param>
/// <param name="Told">The events that tell of erasures and retentions.</param>
internal sealed record LogRecord(IReadOnlyList<ChainWriter> Writers, IReadOnlyList<ChainCheckpoint> Checkpoints, IReadOnlyList<StoredEvent> Told)
{
    /// <summary>Gets a value indicating whether the log drops events without telling of it, as one does that keeps the latest in memory.</summary>
    public bool DropsUntold { get; init; }

    /// <summary>Tells whether an event is one of <see cref="Told"/>.</summary>
    public static bool Tells(StoredEvent row) => row.Facts.Type is AgentEventTypes.ContentErased or AgentEventTypes.RetentionApplied;
}
