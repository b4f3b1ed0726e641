using AiObs.Operations;

namespace AiObs.Cost.Budgets;

/// <summary>A call that asks to be let through.</summary>
/// <param name="Context">For whom it is made.</param>
/// <param name="Model">The model that is asked for.</param>
/// <param name="EstimatedCost">What it may cost in USD, as far as can be told beforehand; <see langword="null"/> when the model has no known price.</param>
/// <param name="EstimatedTokens">How many tokens it may use, as far as can be told beforehand.</param>
internal readonly record struct BudgetRequest(
    OperationContext Context, string? Model, decimal? EstimatedCost, long EstimatedTokens)
{
    /// <summary>Gets the most that it can cost in USD; <see langword="null"/> when nobody knows, and then a budget lets one such call run at a time.</summary>
    public decimal? HighestCost { get; init; }

    /// <summary>Gets the most tokens that it can use; <see langword="null"/> when nobody knows.</summary>
    public long? HighestTokens { get; init; }

    /// <summary>Gets those who hear of what comes up; <see langword="null"/> for those of the root.</summary>
    public OperationObservers? Observers { get; init; }
}
