using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Says why an amount is not there, or is not exact.</summary>
internal static class PriceReasons
{
    /// <summary>Says why there is no price.</summary>
    public static string Of(in PriceHit hit, string? requestedModel)
    {
        var asked = hit.Asked;
        if (hit.Lookup.LacksProvider)
        {
            return asked.Provider is null ? $"unknown provider of model '{asked.Model}'" : $"unknown provider '{asked.Provider}'";
        }

        var other = requestedModel is null || requestedModel == asked.Model ? "" : $", asked for as '{requestedModel}'";
        return string.IsNullOrEmpty(asked.Model) ? "the model is not known" : $"unknown model '{asked.Model}'{other}";
    }

    /// <summary>Adds to a receipt what its rates and quantities alone do not tell.</summary>
    public static CostReceipt Complete(CostReceipt receipt, in CallUsage usage, bool isEstimated, string? unknownTier)
    {
        var reason = usage.IsPartial || isEstimated ? usage.Reason : null;
        if ((reason is null && unknownTier is null) || receipt.Completeness == CostCompleteness.Unpriced)
        {
            return receipt;
        }

        var completeness = usage.IsPartial || unknownTier is not null ? CostCompleteness.Partial
            : isEstimated ? CostCompleteness.Estimated
            : CostCompleteness.Exact;
        return receipt with
        {
            Completeness = completeness > receipt.Completeness ? completeness : receipt.Completeness,
            Reason = Join(Join(receipt.Reason, reason), unknownTier is null ? null : $"no multiplier for service tier {unknownTier}"),
        };
    }

    private static string? Join(string? first, string? second) =>
        first is null || second is null ? first ?? second : $"{first}; {second}";
}
