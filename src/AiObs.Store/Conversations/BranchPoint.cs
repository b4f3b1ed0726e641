namespace AiObs.Store;

/// <summary>Where a branch leaves another.</summary>
/// <param name="Branch">The branch it leaves.</param>
/// <param name="AfterSequence">The last message that both share; 0 where they share none.</param>
public sealed record BranchPoint(int Branch, long AfterSequence);
