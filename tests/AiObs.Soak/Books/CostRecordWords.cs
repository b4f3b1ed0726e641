using AiObs.Cost;
using AiObs.Operations;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Books;

/// <summary>Translates cost records into measures.</summary>
internal static class CostRecordWords
{
    public static IReadOnlyList<Measure> Measures { get; } =
        [Measure.ExactCosts, Measure.EstimatedCosts, Measure.UnpricedCosts, Measure.ExactAmount, Measure.EstimatedAmount];

    public static IEnumerable<Entry> Describe(CostRecord record) =>
        from entry in CostWords.Describe(WordOf(record.Completeness), record.Total ?? 0)
        select new Entry(RunText.RunOf(record.ConversationId) ?? 0, entry.Measure, entry.Amount);

    private static string WordOf(CostCompleteness completeness) => completeness switch
    {
        CostCompleteness.Exact => "exact",
        CostCompleteness.Estimated => "estimated",
        CostCompleteness.Partial => "partial",
        _ => "unpriced",
    };
}
