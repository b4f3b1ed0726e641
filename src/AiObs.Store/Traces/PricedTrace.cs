using AiObs.Cost;

namespace AiObs.Store;

/// <summary>A trace and what it cost.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Cost">The sum of its cost records, corrections counted; <see cref="CostSum.Zero"/> where it has none.</param>
public sealed record PricedTrace(TraceSummary Trace, CostSum Cost);
