namespace AiObs.Cost.Pricing;

/// <summary>Says of wrong prices, aliases and multipliers what is wrong, where, and what to do.</summary>
internal static class PricingRulesValidator
{
    // Above these a product may not fit into a decimal.
    public const decimal LargestRate = 1_000_000_000;
    private const decimal LargestMultiplier = 1_000_000;

    public static void Validate(PricingOptions options, RulePath path, List<string> failures)
    {
        for (var index = 0; index < options.Prices.Count; index++)
        {
            Validate(options.Prices[index], path.Member(nameof(options.Prices)).Item(index), failures);
        }

        foreach (var (name, target) in options.Aliases)
        {
            var place = path.Member(nameof(options.Aliases)).Key(name);
            Check(!string.IsNullOrWhiteSpace(name), $"{place} has no name. Name the deployment.", failures);
            Check(ModelAlias.TryParse(target, out _), $"{place} is '{target}'. Give provider/model, such as azure/gpt-4o.", failures);
        }

        Validate(options.ServiceTierMultipliers, path.Member(nameof(options.ServiceTierMultipliers)), isTier: true, failures);
        Validate(options.RegionMultipliers, path.Member(nameof(options.RegionMultipliers)), isTier: false, failures);
    }

    private static void Validate(PriceOverride price, RulePath path, List<string> failures)
    {
        var model = path.Member(nameof(price.Model));
        Check(!string.IsNullOrWhiteSpace(price.Model), $"{model} is empty. Name the model or the deployment that the price is for.", failures);
        Check(price.Provider is null || !string.IsNullOrWhiteSpace(price.Provider), $"{path.Member(nameof(price.Provider))} is empty. Name a provider, or leave it out for any.", failures);

        var rates = path.Member(nameof(price.Rates));
        Check(price.Rates.Count > 0, $"{rates} is empty. Give at least one rate, such as input_mtok; a model that costs nothing has the rate 0.", failures);
        var problems = failures.Count;
        CheckRates(price.Rates, rates, failures);
        CheckTiers(price, path.Member(nameof(price.Tiers)), failures);
        if (problems == failures.Count && price.Rates.Count > 0)
        {
            CheckKeys(price, rates, failures);
        }
    }

    private static void CheckTiers(PriceOverride price, RulePath path, List<string> failures)
    {
        var start = 0L;
        for (var index = 0; index < price.Tiers.Count; index++)
        {
            var tier = price.Tiers[index];
            var place = path.Item(index);
            Check(tier.Start > start, $"{place.Member(nameof(tier.Start))} is {tier.Start}. Give a number of input tokens above {start}: starts ascend.", failures);
            Check(tier.Rates.Count > 0, $"{place.Member(nameof(tier.Rates))} is empty. Give the rates that change, or leave the tier out.", failures);
            CheckRates(tier.Rates, place.Member(nameof(tier.Rates)), failures);
            foreach (var key in tier.Rates.Keys)
            {
                Check(price.Rates.ContainsKey(key), $"{place.Member(nameof(tier.Rates)).Key(key)} has no rate for smaller calls. Give {key} among the rates of the price too.", failures);
            }

            start = Math.Max(start, tier.Start);
        }
    }

    private static void CheckRates(IDictionary<string, decimal> rates, RulePath path, List<string> failures)
    {
        foreach (var (key, rate) in rates)
        {
            Check(
                rate is >= 0 and <= LargestRate,
                FormattableString.Invariant($"{path.Key(key)} is {rate}. Give USD from 0 to {LargestRate:N0}."),
                failures);
        }
    }

    /// <summary>Leaves it to the price which keys there are and which need which.</summary>
    private static void CheckKeys(PriceOverride price, RulePath path, List<string> failures)
    {
        try
        {
            _ = OverrideRule.ToModelPrice(price, null);
        }
        catch (ArgumentException exception)
        {
            failures.Add($"{path} cannot be used: {exception.Message}");
        }
    }

    private static void Validate(IDictionary<string, decimal> multipliers, RulePath path, bool isTier, List<string> failures)
    {
        foreach (var (key, value) in multipliers)
        {
            var multiplier = Multiplier.Parse(key, value);
            Check(multiplier is not null, $"{path.Key(key)} has a key that cannot be read. Use name, provider/name or provider/model/name.", failures);
            Check(
                value is >= 0 and <= LargestMultiplier,
                FormattableString.Invariant($"{path.Key(key)} is {value}. Give a multiplier from 0 to {LargestMultiplier:N0}; 1 changes nothing."),
                failures);
            Check(
                !isTier || multiplier is null || !ServiceTiers.IsStandard(multiplier.Name),
                $"{path.Key(key)} is a name of the standard tier, which the rates are for. Change the rates instead.",
                failures);
        }
    }

    private static void Check(bool isRight, string failure, List<string> failures)
    {
        if (!isRight)
        {
            failures.Add(failure);
        }
    }
}
