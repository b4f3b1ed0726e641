namespace AiObs.Store.Sql;

/// <summary>What the check of a part found.</summary>
/// <param name="Count">How many sealed rows it has.</param>
/// <param name="UnsealedCount">How many of them, or beside them, are from before rows were sealed when they were written.</param>
/// <param name="Faults">What is wrong, the first of each kind.</param>
/// <param name="Anchor">The head that was verified; <see langword="null"/> where there is none, or something is wrong.</param>
internal sealed record SealedPartVerification(long Count, long UnsealedCount, IReadOnlyList<EventLogFault> Faults, EventLogAnchor? Anchor)
{
    /// <summary>Gets how many rows have other ids in the place of their own.</summary>
    public long ErasedCount { get; init; }

    /// <summary>Gets how many rows retention has dropped.</summary>
    public long DroppedCount { get; init; }

    public static SealedPartVerification None { get; } = new(0, 0, [], null);
}
