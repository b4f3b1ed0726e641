namespace AiObs.Soak.Reckoning;

/// <summary>Says that something of a run was seen.</summary>
/// <param name="Run">The number of the run; 0 where a book knows totals alone.</param>
/// <param name="Measure">What was seen.</param>
/// <param name="Amount">How much of it.</param>
internal readonly record struct Entry(long Run, Measure Measure, decimal Amount);
