namespace AiObs.Cost.Ledger;

/// <summary>Where records go: what the cost tracking of a root shares with that of its clients.</summary>
/// <param name="Store">Keeps the records.</param>
/// <param name="Accumulator">Keeps the totals.</param>
internal sealed record CostLedger(ICostStore Store, CostAccumulator Accumulator)
{
    /// <summary>Gets the responses that were recorded when their calls ended.</summary>
    public RecentResponses Responses { get; } = new();

    /// <summary>Gets the models whose calls could not be priced.</summary>
    public UnpricedModels Unpriced { get; } = new();
}
