namespace AiObs.Store.Conversations;

/// <summary>The messages of a branch that belong to a path: those up to a sequence.</summary>
/// <param name="Branch">The branch they were written to.</param>
/// <param name="UpToSequence">The last of them, inclusive.</param>
internal readonly record struct BranchRange(int Branch, long UpToSequence)
{
    /// <summary>Returns what a branch is made of: its own messages, and those before it on the branches it left, the nearest first.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="upToSequence">The last message of interest.</param>
    /// <param name="originOf">Returns where a branch left another; <see langword="null"/> for the first one.</param>
    public static IReadOnlyList<BranchRange> PathOf(int branch, long upToSequence, Func<int, BranchPoint?> originOf)
    {
        List<BranchRange> path = [new(branch, upToSequence)];
        while (originOf(path[^1].Branch) is { } origin)
        {
            path.Add(new(origin.Branch, Math.Min(origin.AfterSequence, path[^1].UpToSequence)));
        }

        return path;
    }
}
