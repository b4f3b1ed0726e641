using AiObs.Cost;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Traces;

/// <summary>One of two traces that are compared.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Tree">Its spans.</param>
/// <param name="Costs">What they cost, by span.</param>
internal sealed record ComparedTrace(TraceSummary Trace, TraceTree Tree, IReadOnlyDictionary<string, SpanCost> Costs)
{
    public CostSum Sum { get; } = Costs.Values.Aggregate(CostSum.Zero, static (sum, cost) => sum.Add(cost.Sum));

    /// <summary>Writes what a span cost; nothing where there is none.</summary>
    public string CostOf(SpanRecord? span) => span is not null && Costs.TryGetValue(span.SpanId, out var cost) ? Shown.Money(cost.Sum) : "";
}
