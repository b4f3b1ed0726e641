using AiObs.Cost.Receipts;
using AiObs.Operations;

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

    /// <summary>Gets how far the quantities can be trusted, whatever their price: exact, estimated or partial. It holds when the call is priced again.</summary>
    public CostCompleteness UsageCompleteness { get; init; }

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

    /// <summary>Says whether another receipt says the same.</summary>
    /// <param name="other">The other receipt.</param>
    /// <returns><see langword="true"/> if usage, lines, multipliers and everything else are equal.</returns>
    public bool Equals(CostReceipt? other) =>
        other is not null
        && Usage.Equals(other.Usage)
        && Lines.SequenceEqual(other.Lines)
        && Factors.SequenceEqual(other.Factors)
        && (Provider, Rule, DataVersion, Source, TierStart) == (other.Provider, other.Rule, other.DataVersion, other.Source, other.TierStart)
        && (Completeness, UsageCompleteness, Reason) == (other.Completeness, other.UsageCompleteness, other.Reason)
        && (Input, Output, Total) == (other.Input, other.Output, other.Total);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Usage, Provider, Rule, DataVersion, Source, Completeness, Total);

    /// <summary>Returns the receipt as a small table: the rule, each line, and the sum.</summary>
    /// <returns>Several lines of text, always in English. Amounts are shown with twelve decimals at most.</returns>
    public override string ToString() => ReceiptText.Write(this);
}
