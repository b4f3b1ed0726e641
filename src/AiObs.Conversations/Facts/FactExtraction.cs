using AiObs.Store;

namespace AiObs.Facts;

/// <summary>What came of looking for facts in a conversation.</summary>
/// <param name="Saved">The facts that are believed from now on.</param>
/// <param name="Skipped">What the extractor found and was not saved.</param>
/// <param name="From">The number of the last message that had been read before; 0 where none had.</param>
/// <param name="To">The number of the last message that is read now; the same where there was nothing new.</param>
public sealed record FactExtraction(IReadOnlyList<Fact> Saved, IReadOnlyList<SkippedFact> Skipped, long From, long To);
