using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost.Repricing;

/// <summary>Makes the receipt of a recorded usage under a scenario.</summary>
internal static class ScenarioPricing
{
    public static CostReceipt Price(CostRecord record, CostScenario scenario)
    {
        var usage = record.Receipt.Usage;
        if (usage.IsEmpty)
        {
            return Unpriced(record, "the usage is not known");
        }

        if (Find(record, scenario, out var source) is not { } price)
        {
            return Unpriced(record, $"the scenario has no price of model '{scenario.Model ?? record.Model}'");
        }

        var receipt = PriceCalculator.Calculate(
            price,
            source,
            usage,
            [.. scenario.Factors ?? record.Receipt.Factors],
            isEstimated: record.Receipt.UsageCompleteness == CostCompleteness.Estimated);
        return KeepDoubts(receipt, record.Receipt);
    }

    /// <summary>No price makes up for a quantity that was never reported.</summary>
    private static CostReceipt KeepDoubts(CostReceipt receipt, CostReceipt recorded) =>
        recorded.UsageCompleteness == CostCompleteness.Exact
            ? receipt
            : receipt with
            {
                UsageCompleteness = recorded.UsageCompleteness,
                Completeness = recorded.UsageCompleteness == CostCompleteness.Partial && receipt.Completeness != CostCompleteness.Unpriced
                    ? CostCompleteness.Partial
                    : receipt.Completeness,
                Reason = receipt.Reason ?? "something that was used was not reported",
            };

    private static ModelPrice? Find(CostRecord record, CostScenario scenario, out PriceSource source)
    {
        // What nobody is known to have served is nobody's, unless the scenario says whose.
        var isUnlisted = scenario is { Provider: null, Model: null } && Seller.IsUnlisted(record.Receipt);
        foreach (var (model, provider) in Names(record, scenario))
        {
            var request = new PriceRequest(model ?? "", isUnlisted ? null : provider, record.Time) { WhyUnlisted = isUnlisted ? record.Receipt.Reason : null };
            if (model is not null && Find(scenario.Prices, in request, out source).Price is { } price)
            {
                return price;
            }
        }

        source = PriceSource.None;
        return null;
    }

    private static PriceLookup Find(IPricingProvider? prices, in PriceRequest request, out PriceSource source)
    {
        if (prices is PriceBook book)
        {
            return book.Find(in request, default, out source);
        }

        source = prices is null ? PriceSource.Table : PriceSource.Custom;
        return (prices ?? TablePricing.Embedded).Find(in request);
    }

    private static (string? Model, string? Provider)[] Names(CostRecord record, CostScenario scenario)
    {
        var provider = scenario.Provider ?? record.Provider;
        return scenario.Model is { } model
            ? [(model, provider), (scenario.Provider is null ? model : null, null)]
            : [
                (record.ResponseModel, provider),
                (record.RequestModel, provider),
                (record.Receipt.Rule, scenario.Provider ?? record.Receipt.Provider),
            ];
    }

    private static CostReceipt Unpriced(CostRecord record, string reason) => new()
    {
        Usage = record.Receipt.Usage,
        UsageCompleteness = record.Receipt.UsageCompleteness,
        Completeness = CostCompleteness.Unpriced,
        Reason = reason,
    };
}
