using AiObs.Cost.Pricing.Files;
using AiObs.Cost.Pricing.Rules;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Asks the sources of prices in their order; each one for the model that answered, then for the one that was asked for.</summary>
internal sealed class PriceSources(
    PricingRules options, PriceFile? file, IPricingProvider[] custom, IPricingProvider table, Faults faults)
{
    private const string Part = "pricing";

    private PricingRules FileRules => file?.Rules ?? PricingRules.Empty;

    /// <summary>Finds the price of a call.</summary>
    /// <param name="request">What is to be priced, with the model that answered.</param>
    /// <param name="own">The call's own source, which goes before everything.</param>
    /// <param name="requestedModel">The model that was asked for, where it is another one.</param>
    public PriceHit Find(in PriceRequest request, IPricingProvider? own, string? requestedModel)
    {
        var second = requestedModel is null ? default : request with { Model = requestedModel };
        var alias = FindAlias(requestedModel) ?? FindAlias(request.Model);
        var aliased = alias is null ? default : request with { Provider = alias.Provider, Model = alias.Model, ApiUrl = null };
        if (own is not null && (Ask(own, PriceSource.Call, in aliased) ?? AskBoth(own, PriceSource.Call, in request, in second)) is { } found)
        {
            return found;
        }

        var hit = alias is null ? FindShared(in request, in second) : FindShared(in aliased, default);
        return alias is not null && !hit.IsFound && FindShared(in request, in second) is { IsFound: true } byName ? byName : hit;
    }

    /// <summary>Finds the multiplier of a service tier; <see langword="null"/> when nobody knows it.</summary>
    public decimal? FindServiceTier(string tier, string? provider, string model) =>
        options.ServiceTiers.Find(tier, provider, model)
        ?? FileRules.ServiceTiers.Find(tier, provider, model)
        ?? ServiceTiers.FindMultiplier(tier);

    /// <summary>Finds the multiplier of a region; <see langword="null"/> when it has none.</summary>
    public decimal? FindRegion(string region, string? provider, string model) =>
        options.Regions.Find(region, provider, model) ?? FileRules.Regions.Find(region, provider, model);

    private ModelAlias? FindAlias(string? name) =>
        name is null ? null : options.FindAlias(name) ?? FileRules.FindAlias(name);

    private PriceHit FindShared(in PriceRequest first, in PriceRequest second)
    {
        var provider = first.Provider is null ? null : ProviderIds.Canonical(first.Provider);
        return LookUp(options, PriceSource.Options, provider, in first, in second)
            ?? LookUp(FileRules, PriceSource.File, provider, in first, in second)
            ?? AskCustom(in first, in second)
            ?? AskBoth(table, PriceSource.Table, first with { Provider = provider }, WithProvider(in second, provider))
            ?? new(Miss(first with { Provider = provider }), PriceSource.None, first);
    }

    private PriceHit? AskCustom(in PriceRequest first, in PriceRequest second)
    {
        foreach (var source in custom)
        {
            if (AskBoth(source, PriceSource.Custom, in first, in second) is { } hit)
            {
                return hit;
            }
        }

        return null;
    }

    private PriceHit? AskBoth(IPricingProvider source, PriceSource kind, in PriceRequest first, in PriceRequest second) =>
        Ask(source, kind, in first) ?? Ask(source, kind, in second);

    private PriceHit? Ask(IPricingProvider source, PriceSource kind, in PriceRequest request) =>
        request.Model is not null && faults.Find(Part, source, in request) is { Price: not null } lookup
            ? new(lookup, kind, request)
            : null;

    /// <summary>Says why there is no price: of the table's reasons, as it alone knows all providers.</summary>
    private PriceLookup Miss(in PriceRequest request) => faults.Find(Part, table, in request);

    private static PriceHit? LookUp(
        PricingRules rules, PriceSource source, string? provider, in PriceRequest first, in PriceRequest second)
    {
        if (rules.Prices.Find(provider, first.Model) is { } price)
        {
            return new(PriceLookup.Found(price), source, first);
        }

        return second.Model is not null && rules.Prices.Find(provider, second.Model) is { } other
            ? new(PriceLookup.Found(other), source, second)
            : null;
    }

    private static PriceRequest WithProvider(in PriceRequest request, string? provider) => request with { Provider = provider };
}
