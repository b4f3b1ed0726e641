namespace AiObs.Store;

/// <summary>What can be wrong with a log.</summary>
public enum EventLogFaultKind
{
    /// <summary>An event's hash does not follow from its contents and the hash before it: it was changed, inserted or moved.</summary>
    BrokenLink,

    /// <summary>A sequence number is missing: an event was deleted.</summary>
    MissingEvent,

    /// <summary>The chain ends before the count that the writer's row, a checkpoint or an anchor names.</summary>
    CutTail,

    /// <summary>A writer is missing that events, checkpoints or anchors name.</summary>
    MissingWriter,

    /// <summary>The writer's row, a checkpoint or an anchor disagrees with the chain.</summary>
    HeadMismatch,

    /// <summary>The content of an event is not what its commitment says, or is missing without having been erased.</summary>
    ContentMismatch,

    /// <summary>The log was written with a key and verified without one, or the reverse. Nothing is known of the hashes concerned.</summary>
    KeyMismatch,

    /// <summary>A row is none that a log writes: a value has another type or size, or a content belongs to no event. It counts as not there.</summary>
    UnknownRow,

    /// <summary>The cost records that the database keeps are not those that were recorded.</summary>
    CostMismatch,
}
