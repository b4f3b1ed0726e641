namespace AiObs.Memory;

/// <summary>What a model is shown now and was not before, and the other way round: the answer to "it forgot". The decisions are the later ones, and say by which strategy and why.</summary>
/// <param name="Entered">The messages that it is shown now, and was not.</param>
/// <param name="Left">The messages that it was shown, and is not any more.</param>
/// <param name="Changed">The other messages that something else was done with than before, such as trimmed ones.</param>
public sealed record MemoryDiff(IReadOnlyList<MemoryDecision> Entered, IReadOnlyList<MemoryDecision> Left, IReadOnlyList<MemoryDecision> Changed);
