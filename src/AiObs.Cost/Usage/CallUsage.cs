using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost.Usage;

/// <summary>What one call used, and whether that was reported or estimated.</summary>
/// <param name="Quantities">The inclusive quantities.</param>
/// <param name="IsEstimated">Whether any of them was estimated.</param>
/// <param name="Reason">Why it was estimated, or is not known at all.</param>
internal readonly record struct CallUsage(UsageQuantities Quantities, bool IsEstimated, string? Reason)
{
    /// <summary>Gets a value indicating whether something that was used is not among the quantities.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Gets how far the quantities can be trusted, whatever their price.</summary>
    public CostCompleteness Completeness =>
        IsPartial ? CostCompleteness.Partial : IsEstimated ? CostCompleteness.Estimated : CostCompleteness.Exact;

    /// <summary>Gets the price key without which the estimated quantity has no part in the amount; <see langword="null"/> when it always has.</summary>
    public string? EstimateMattersTo { get; init; }

    /// <summary>Tells whether what was estimated has a part in the amount.</summary>
    public bool MattersTo(ModelPrice price) => EstimateMattersTo is null || price.Rates.ContainsKey(EstimateMattersTo);
}
