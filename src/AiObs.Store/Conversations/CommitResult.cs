namespace AiObs.Store;

/// <summary>What came of a commit.</summary>
/// <param name="Version">The version of the conversation after it.</param>
/// <param name="Branch">The branch that took the messages.</param>
/// <param name="Sequences">The numbers of the messages, in their order.</param>
/// <param name="IsCreated">Whether there was no such conversation before.</param>
/// <param name="IsReplay">Whether all of the messages had been there already, so that nothing was done: <paramref name="Version"/> is then that which brought the last of them.</param>
/// <param name="HasEvents">Whether the store sees to the events.</param>
public sealed record CommitResult(long Version, int Branch, IReadOnlyList<long> Sequences, bool IsCreated, bool IsReplay, bool HasEvents);
