namespace AiObs.Store;

/// <summary>A trace that has got spans.</summary>
/// <param name="Trace">The trace as it is now.</param>
/// <param name="MissedCount">How many changes before it were left out, as their reader was slower than they came.</param>
public sealed record TraceChange(TraceSummary Trace, long MissedCount);
