using AiObs.Cost.Tables;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Says why an amount is not there, or is not exact.</summary>
internal static class PriceReasons
{
    private const string UnknownProvider = "unknown provider";

    /// <summary>Tells whether a receipt has no price because nobody knows who served the call.</summary>
    public static bool IsOfUnknownProvider(CostReceipt receipt) =>
        Seller.IsUnlisted(receipt) || (receipt.Completeness == CostCompleteness.Unpriced && receipt.Reason?.StartsWith(UnknownProvider, StringComparison.Ordinal) == true);

    /// <summary>Says why there is no price.</summary>
    public static string Of(in PriceHit hit, string? requestedModel)
    {
        var asked = hit.Asked;
        if (asked.WhyUnlisted is { } reason)
        {
            return reason;
        }

        if (hit.Lookup.LacksProvider)
        {
            return asked.Provider is null ? $"{UnknownProvider} of model '{asked.Model}'" : $"{UnknownProvider} '{asked.Provider}'";
        }

        var other = requestedModel is null || requestedModel == asked.Model ? "" : $", asked for as '{requestedModel}'";
        return string.IsNullOrEmpty(asked.Model) ? "the model is not known" : $"unknown model '{asked.Model}'{other}";
    }

    /// <summary>Adds to a receipt what its rates and quantities alone do not tell.</summary>
    public static CostReceipt Complete(CostReceipt receipt, in CallUsage usage, bool isEstimated, string? unknownFactor, PriceCaveat? caveat)
    {
        var reason = usage.IsPartial || isEstimated ? usage.Reason : null;
        if ((reason is null && unknownFactor is null && caveat is null) || receipt.Completeness == CostCompleteness.Unpriced)
        {
            return receipt;
        }

        var gap = new UsageGap(receipt.Completeness, receipt.Reason)
            .And(new(usage.IsPartial ? CostCompleteness.Partial : CostCompleteness.Estimated, reason))
            .And(new(CostCompleteness.Partial, unknownFactor is null ? null : $"no multiplier for {unknownFactor}"))
            .And(caveat is null ? default : new(caveat.Completeness, caveat.Reason));
        return receipt with { Completeness = gap.Completeness, Reason = gap.Reason };
    }
}
