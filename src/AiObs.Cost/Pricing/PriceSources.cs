using AiObs.Cost.Tables;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Asks the sources of prices in their order; each one for the model that answered, then for the one that was asked for.</summary>
internal sealed class PriceSources(
    PricingRules options, PriceFile? file, IPricingProvider[] custom, Faults faults)
{
    private const string Part = "pricing";
    private const string RegionalSeller = "aws";

    private static readonly Dictionary<string, UnitRate> FreeOfCharge = [];

    /// <summary>Gets what is known of tiers, speeds and regions beside the application's own multipliers.</summary>
    public PriceOverlay Overlay => file?.Overlay ?? PriceOverlay.Default;

    private PricingRules FileRules => file?.Rules ?? PricingRules.Empty;

    /// <summary>Finds the price of a call.</summary>
    /// <param name="request">What is to be priced, with the model that answered.</param>
    /// <param name="own">The call's own source, which goes before everything.</param>
    /// <param name="table">The table, which is asked last.</param>
    /// <param name="requestedModel">The model that was asked for, where it is another one.</param>
    /// <param name="hit">The price, or why there is none. Filled in where it stands: it is large, and every step that returned one would copy it.</param>
    public void Find(in PriceRequest request, IPricingProvider? own, IPriceTable table, string? requestedModel, out PriceHit hit)
    {
        var second = requestedModel is null ? default : request with { Model = requestedModel };
        var alias = FindAlias(requestedModel) ?? FindAlias(request.Model);
        var aliased = alias is null ? default : request with { Provider = alias.Provider, Model = alias.Model, ApiUrl = null, WhyUnlisted = null, IsFree = false };
        var isFound = (own is not null && (TryAsk(own, PriceSource.Call, in aliased, out hit) || TryAskBoth(own, PriceSource.Call, in request, in second, out hit)))
            || (alias is not null && TryFindShared(table, in aliased, default, out hit))
            || TryFindShared(table, in request, in second, out hit);
        if (!isFound)
        {
            ref readonly var named = ref alias is null ? ref request : ref aliased;
            hit = new(Miss(table, in named), PriceSource.None, named);
        }
    }

    /// <summary>Finds the application's own multiplier of a service tier, or a speed; <see langword="null"/> when it has none.</summary>
    public decimal? FindServiceTier(string tier, string? provider, string model) =>
        options.ServiceTiers.Find(tier, provider, model) ?? FileRules.ServiceTiers.Find(tier, provider, model);

    /// <summary>Finds the application's own multiplier of a region; <see langword="null"/> when it has none.</summary>
    public decimal? FindRegion(string region, string? provider, string model) =>
        options.Regions.Find(region, provider, model) ?? FileRules.Regions.Find(region, provider, model);

    private ModelAlias? FindAlias(string? name) =>
        name is null ? null : options.FindAlias(name) ?? FileRules.FindAlias(name);

    private bool TryFindShared(IPriceTable table, in PriceRequest first, in PriceRequest second, out PriceHit hit)
    {
        var provider = first.Provider is null ? null : ProviderIds.Canonical(first.Provider);
        return TryLookUp(options, PriceSource.Options, provider, in first, in second, out hit)
            || TryLookUp(FileRules, PriceSource.File, provider, in first, in second, out hit)
            || TryAskCustom(in first, in second, out hit)
            || TryTakeForFree(in first, out hit)
            || TryAskTable(table, first with { Provider = provider }, second with { Provider = provider }, out hit);
    }

    private bool TryAskTable(IPriceTable table, in PriceRequest first, in PriceRequest second, out PriceHit hit) =>

        // Bedrock's answers do not say what its prices depend on: whether a region or all of them served the call.
        first.Provider == RegionalSeller && second.Model is not null
            ? TryAskBoth(table, table.Source, in second, in first, out hit)
            : TryAskBoth(table, table.Source, in first, in second, out hit);

    private static bool TryTakeForFree(in PriceRequest request, out PriceHit hit)
    {
        hit = request.IsFree
            ? new(PriceLookup.Found(new ModelPrice(request.Provider ?? Seller.Free, request.Model, FreeOfCharge)), PriceSource.Options, request)
            : default;
        return request.IsFree;
    }

    private bool TryAskCustom(in PriceRequest first, in PriceRequest second, out PriceHit hit)
    {
        foreach (var source in custom)
        {
            if (TryAskBoth(source, PriceSource.Custom, in first, in second, out hit))
            {
                return true;
            }
        }

        hit = default;
        return false;
    }

    private bool TryAskBoth(IPricingProvider source, PriceSource kind, in PriceRequest first, in PriceRequest second, out PriceHit hit) =>
        TryAsk(source, kind, in first, out hit) || TryAsk(source, kind, in second, out hit);

    private bool TryAsk(IPricingProvider source, PriceSource kind, in PriceRequest request, out PriceHit hit)
    {
        if (request.Model is not null && Ask(source, in request) is { Price: not null } lookup)
        {
            hit = new(lookup, kind, request);
            return true;
        }

        hit = default;
        return false;
    }

    /// <summary>Says why there is no price: of the table's reasons, as it alone knows all providers.</summary>
    private PriceLookup Miss(IPriceTable table, in PriceRequest request)
    {
        var provider = request.Provider is null ? null : ProviderIds.Canonical(request.Provider);
        return Ask(table, request with { Provider = provider });
    }

    private static bool TryLookUp(
        PricingRules rules, PriceSource source, string? provider, in PriceRequest first, in PriceRequest second, out PriceHit hit)
    {
        ref readonly var found = ref first;
        var price = rules.Prices.Find(provider, first.Model);
        if (price is null && second.Model is not null)
        {
            price = rules.Prices.Find(provider, second.Model);
            found = ref second;
        }

        hit = price is null ? default : new(PriceLookup.Found(price), source, found);
        return price is not null;
    }

    /// <summary>Asks a source; a miss where it throws.</summary>
    private PriceLookup Ask(IPricingProvider source, in PriceRequest request)
    {
        try
        {
            return source.Find(in request);
        }
#pragma warning disable CA1031 // A source of the application's own must not break a call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            faults.Report(Part, exception);
            return PriceLookup.UnknownModel;
        }
    }
}
