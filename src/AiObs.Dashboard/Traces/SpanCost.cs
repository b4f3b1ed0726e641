using AiObs.Cost;

namespace AiObs.Dashboard.Traces;

/// <summary>What a span cost: its record, and those that correct it.</summary>
/// <param name="Sum">The amounts together.</param>
/// <param name="Records">The records, in their order.</param>
internal sealed record SpanCost(CostSum Sum, IReadOnlyList<CostRecord> Records)
{
    public static SpanCost Of(CostRecord record) => new(CostSum.Of(record), [record]);

    public SpanCost Add(CostRecord record) => new(Sum.Add(CostSum.Of(record)), [.. Records, record]);
}
