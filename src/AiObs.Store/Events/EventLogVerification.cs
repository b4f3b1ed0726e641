namespace AiObs.Store;

/// <summary>What a verification found.</summary>
/// <param name="EventCount">How many events were checked.</param>
/// <param name="WriterCount">How many chains they form.</param>
/// <param name="Faults">What is wrong, in each chain only the first of each kind; empty for a log that is intact.</param>
/// <param name="Anchors">The heads that were verified; keep them outside of the log.</param>
public sealed record EventLogVerification(
    long EventCount, int WriterCount, IReadOnlyList<EventLogFault> Faults, IReadOnlyList<EventLogAnchor> Anchors)
{
    /// <summary>Gets a value indicating whether nothing is wrong.</summary>
    public bool IsIntact => Faults.Count == 0;

    /// <summary>Gets a value indicating whether the hashes were checked with a key. Without one, who can write to the storage can also make a chain that fits.</summary>
    public bool IsKeyed { get; init; }

    /// <summary>Gets how many events retention has dropped, of which checkpoints tell.</summary>
    public long DroppedCount { get; init; }

    /// <summary>Gets how many cost records were checked; 0 where the database keeps none.</summary>
    public long CostCount { get; init; }

    /// <summary>
    /// Gets how many cost records 0.1.0 has written, which did not seal them: they are as they were when a cost store of this version first used the database, and nothing is
    /// known of the time before.
    /// </summary>
    public long UnsealedCostCount { get; init; }

    /// <summary>Gets how many cost records have pseudonyms, as <see cref="Cost.ICostStore.EraseIdsAsync"/> has put them there.</summary>
    public long ErasedCostCount { get; init; }

    /// <summary>Gets how many cost records retention has dropped.</summary>
    public long DroppedCostCount { get; init; }
}
