using AiObs.Cost.Pricing;

namespace AiObs.Cost;

/// <summary>How an amount came about: which rule was matched, and each exclusive bucket × rate = amount.</summary>
public sealed record CostReceipt
{
    /// <summary>Gets what was used, with inclusive counts.</summary>
    public required UsageQuantities Usage { get; init; }

    /// <summary>Gets the lines, the input first; empty where nothing could be priced.</summary>
    public IReadOnlyList<CostLine> Lines { get; init; } = [];

    /// <summary>Gets the provider whose rule was matched, in the source's spelling.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the rule that was matched, the source's id of the model.</summary>
    public string? Rule { get; init; }

    /// <summary>Gets the version of the data that the rates are from.</summary>
    public string? DataVersion { get; init; }

    /// <summary>Gets where the price came from.</summary>
    public PriceSource Source { get; init; }

    /// <summary>Gets how far the amount can be trusted.</summary>
    public CostCompleteness Completeness { get; init; }

    /// <summary>Gets why the amount is not exact; <see langword="null"/> when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the number of input tokens above which the rates hold, where the model has tiers and the call reached one.</summary>
    public long? TierStart { get; init; }

    /// <summary>Gets the multipliers in the rates.</summary>
    public IReadOnlyList<CostFactor> Factors { get; init; } = [];

    /// <summary>Gets the sum of the input lines in USD; <see langword="null"/> when unpriced.</summary>
    public decimal? Input { get; init; }

    /// <summary>Gets the sum of the output lines in USD; <see langword="null"/> when unpriced.</summary>
    public decimal? Output { get; init; }

    /// <summary>Gets the sum of all lines in USD; <see langword="null"/> when unpriced.</summary>
    public decimal? Total { get; init; }
}
