namespace AiObs.Facts;

/// <summary>A fact that an extractor found and that was not saved.</summary>
/// <param name="Proposal">What it found.</param>
/// <param name="Reason">Why it was not saved, in words that a person understands.</param>
public sealed record SkippedFact(FactProposal Proposal, string Reason);
