using AiObs.Cost.Tables;

namespace AiObs.Cost.Pricing;

/// <summary>The multipliers of one call.</summary>
/// <param name="All">Those that change something.</param>
/// <param name="Unknown">What has a multiplier, but none that is known, such as <c>service tier priority</c>.</param>
internal readonly record struct PriceFactors(CostFactor[] All, string? Unknown)
{
    /// <summary>Finds the multipliers: the application's own first, then those of the overlay, the package's or the price file's.</summary>
    public static PriceFactors Of(PriceSources sources, in PriceHit hit, in PriceTerms terms, decimal inputTokens)
    {
        var tier = IsStandard(terms.ServiceTier) ? null : terms.ServiceTier;
        var speed = IsStandard(terms.Speed) ? null : terms.Speed;
        var region = string.IsNullOrWhiteSpace(terms.Region) ? null : terms.Region;
        if (tier is null && speed is null && region is null)
        {
            return new([], null);
        }

        var overlay = sources.Overlay;
        var price = hit.Lookup.Price!;
        var (provider, model) = (ProviderIds.Canonical(hit.Asked.Provider ?? price.Provider), hit.Asked.Model);
        var byTier = tier is null ? null
            : sources.FindServiceTier(tier, provider, model) ?? overlay.Find(PriceOverlay.ServiceTier, tier, provider, price.Model, inputTokens);
        var bySpeed = speed is null ? null
            : sources.FindServiceTier(speed, provider, model) ?? overlay.Find(PriceOverlay.Speed, speed, provider, price.Model, inputTokens);
        var byRegion = region is null ? null
            : sources.FindRegion(region, provider, model) ?? overlay.Find(PriceOverlay.Region, region, provider, price.Model, inputTokens);
        return new(
            [.. Factor("service tier", tier, byTier), .. Factor("speed", speed, bySpeed), .. Factor("region", region, byRegion)],
            tier is not null && byTier is null ? $"service tier {tier}"
                : speed is not null && bySpeed is null ? $"speed {speed}"
                : region is not null && byRegion is null && overlay.ListsRegion(provider, region) ? $"region {region}"
                : null);
    }

    private static bool IsStandard(string? name) => string.IsNullOrWhiteSpace(name) || ServiceTiers.IsStandard(name);

    private static CostFactor[] Factor(string kind, string? name, decimal? value) =>
        value is { } known && known != 1 ? [new CostFactor($"{kind} {name}", known)] : [];
}
