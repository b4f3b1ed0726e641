namespace AiObs.Facts;

/// <summary>A fact that an extractor found.</summary>
/// <param name="Key">What it is about, such as <c>city</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="Evidence">Which of <see cref="FactSource.Messages"/> says so, counted from 0.</param>
/// <param name="Confidence">How sure it is, between 0 and 1.</param>
public sealed record FactProposal(string Key, string Value, int Evidence, double Confidence = 1);
