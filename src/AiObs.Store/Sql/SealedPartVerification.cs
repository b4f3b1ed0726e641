namespace AiObs.Store.Sql;

/// <summary>What the check of a part found.</summary>
/// <param name="Count">How many sealed rows it has.</param>
/// <param name="UnsealedCount">How many it has from before they were sealed.</param>
/// <param name="Faults">What is wrong, the first of each kind.</param>
/// <param name="Anchor">The head that was verified; <see langword="null"/> where there is none, or something is wrong.</param>
internal sealed record SealedPartVerification(long Count, long UnsealedCount, IReadOnlyList<EventLogFault> Faults, EventLogAnchor? Anchor)
{
    public static SealedPartVerification None { get; } = new(0, 0, [], null);
}
