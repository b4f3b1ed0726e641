using AiObs.Operations;

namespace AiObs.Cost.Tables;

/// <summary>Who sells what: the providers of a price table, in its order, which decides between several that match.</summary>
internal sealed class PriceRules(ProviderRule[] providers, string version)
{
    // A proxy that names the vendor in the model.
    private const string Proxy = "litellm";

    public IReadOnlyList<ProviderRule> Providers => providers;

    /// <summary>Gets the version of the data, as receipts name it.</summary>
    public string Version => version;

    /// <summary>Finds the prices of a model; none where the provider or the model is not known.</summary>
    public (ProviderRule? Provider, PriceSchedule? Prices) Find(string model, string? provider, string? address)
    {
        (model, provider) = SplitProxied(Normalize(model), provider);
        var seller = FindProvider(model, provider, address);
        if (seller is null)
        {
            return default;
        }

        return (seller, FindListing(seller, model)?.Prices);
    }

    /// <summary>Finds how many tokens a model takes; <see langword="null"/> where the provider, the model or the number is not known.</summary>
    public int? FindContextWindow(string model, string? provider, string? address)
    {
        (model, provider) = SplitProxied(Normalize(model), provider);
        return FindProvider(model, provider, address) is { } seller ? FindListing(seller, model)?.Rule.ContextWindow : null;
    }

    /// <summary>Finds who serves a call: by name, else by address, else by the model; what is given first decides alone.</summary>
    public ProviderRule? FindProvider(string model, string? provider, string? address)
    {
        if (FindByName(provider) is { } named)
        {
            return named;
        }

        if (!NeedsAddress(provider))
        {
            return null;
        }

        if (!string.IsNullOrEmpty(address))
        {
            return Array.Find(providers, candidate => candidate.Address?.IsIn(address) is true);
        }

        var name = Normalize(model);
        return Array.Find(providers, candidate => candidate.ModelNames?.Holds(name) is true);
    }

    /// <summary>Says whether the address of a call can make a difference.</summary>
    public static bool NeedsAddress(string? provider) => string.IsNullOrWhiteSpace(provider) || IsProxy(provider);

    private static string Normalize(string name) => name.ToLowerInvariant().Trim();

    private static bool IsProxy(string provider) => provider.Equals(Proxy, StringComparison.OrdinalIgnoreCase);

    private (string Model, string? Provider) SplitProxied(string model, string? provider)
    {
        if (provider is null || !IsProxy(provider) || model.Split('/', 2) is not [{ Length: > 0 } vendor, { Length: > 0 } name])
        {
            return (model, provider);
        }

        return FindByName(vendor) is null ? (model, provider) : (name, vendor);
    }

    private ProviderRule? FindByName(string? provider)
    {
        if (string.IsNullOrWhiteSpace(provider))
        {
            return null;
        }

        var name = Normalize(provider);
        return Array.Find(providers, candidate => candidate.Id == name)
            ?? Array.Find(providers, candidate => candidate.Names?.Holds(name) is true);
    }

    private (ModelRule Rule, PriceSchedule Prices)? FindListing(ProviderRule seller, string model)
    {
        (ModelRule Rule, PriceSchedule Prices)? guess = null;
        var spellings = new ModelSpellings(vendor => FindByName(vendor) is { } known && (known == seller || seller.Resells.Contains(known.Id)));
        foreach (var (name, caveat) in spellings.Of(model, seller.Id))
        {
            if (FindRule(seller, name, out var match) is not { } found)
            {
                continue;
            }

            if (match > NameMatch.Guess)
            {
                return Under(found, caveat);
            }

            guess ??= Under(found, caveat);
        }

        // Names that are spelt another way go before one that only begins alike.
        return guess is { } best
            ? Under(best, new(CostCompleteness.Estimated, $"the model is not known by this name; priced as '{best.Rule.Id}', which is spelt like a part of it"))
            : null;
    }

    private static (ModelRule Rule, PriceSchedule Prices) Under((ModelRule Rule, PriceSchedule Prices) found, PriceCaveat? caveat) =>
        caveat is null ? found : found with { Prices = found.Prices.Under(caveat) };

    private (ModelRule Rule, PriceSchedule Prices)? FindRule(ProviderRule seller, string model, out NameMatch match)
    {
        var found = FindRule(seller, model);
        var name = model;
        if (found is null && CompactDates.Expand(model) is var expanded && expanded != model)
        {
            found = FindRule(seller, name = expanded);
        }

        match = found?.Rule.Judge(name) ?? NameMatch.None;
        return found;
    }

    private (ModelRule Rule, PriceSchedule Prices)? FindRule(ProviderRule seller, string model)
    {
        if (seller.FindModel(model) is { } own)
        {
            return (own, own.Prices);
        }

        foreach (var id in seller.Resells)
        {
            if (Array.Find(providers, candidate => candidate.Id == id)?.FindModel(model) is { } resold)
            {
                return (resold, resold.Prices.SoldBy(seller.Id));
            }
        }

        return null;
    }
}
