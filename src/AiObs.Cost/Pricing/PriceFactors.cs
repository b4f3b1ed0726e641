namespace AiObs.Cost.Pricing;

/// <summary>The multipliers of one call.</summary>
/// <param name="All">Those that change something.</param>
/// <param name="UnknownTier">The service tier that nobody has a multiplier for.</param>
internal readonly record struct PriceFactors(CostFactor[] All, string? UnknownTier)
{
    public static PriceFactors Of(PriceSources sources, in PriceHit hit, in PriceTerms terms)
    {
        var tier = string.IsNullOrWhiteSpace(terms.ServiceTier) || ServiceTiers.IsStandard(terms.ServiceTier) ? null : terms.ServiceTier;
        var region = string.IsNullOrWhiteSpace(terms.Region) ? null : terms.Region;
        if (tier is null && region is null)
        {
            return new([], null);
        }

        var provider = ProviderIds.Canonical(hit.Asked.Provider ?? hit.Lookup.Price!.Provider);
        var byTier = tier is null ? null : sources.FindServiceTier(tier, provider, hit.Asked.Model);
        var byRegion = region is null ? null : sources.FindRegion(region, provider, hit.Asked.Model);
        return new(
            [.. Factor("service tier", tier, byTier), .. Factor("region", region, byRegion)],
            byTier is null ? tier : null);
    }

    private static CostFactor[] Factor(string kind, string? name, decimal? value) =>
        value is { } known && known != 1 ? [new CostFactor($"{kind} {name}", known)] : [];
}
