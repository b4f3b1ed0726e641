namespace AiObs.Cost.Pricing;

/// <summary>A <see cref="PriceOverride"/> made ready to be looked up.</summary>
internal sealed class OverrideRule
{
    private const string Any = "*";

    public OverrideRule(PriceOverride price, string? version)
    {
        Provider = price.Provider is null ? null : ProviderIds.Canonical(price.Provider);
        var model = price.Model.Trim();
        IsPrefix = model.EndsWith(Any, StringComparison.Ordinal);
        Model = IsPrefix ? model[..^Any.Length] : model;
        Price = ToModelPrice(price, version);
    }

    public string? Provider { get; }

    /// <summary>Gets the whole name of the model, or what it begins with.</summary>
    public string Model { get; }

    public bool IsPrefix { get; }

    public ModelPrice Price { get; }

    /// <summary>Makes the price of an override.</summary>
    /// <exception cref="ArgumentException">A price key is unknown, or a rate is negative.</exception>
    public static ModelPrice ToModelPrice(PriceOverride price, string? version)
    {
        var rates = new Dictionary<string, UnitRate>(StringComparer.Ordinal);
        foreach (var (key, rate) in price.Rates)
        {
            rates[key] = new UnitRate(rate) { Tiers = TiersOf(key, price.Tiers) };
        }

        return new(price.Provider ?? Any, price.Model.Trim(), rates) { DataVersion = version };
    }

    public bool Holds(string? provider, string model) =>
        (Provider is null || string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase))
        && (!IsPrefix || model.StartsWith(Model, StringComparison.OrdinalIgnoreCase));

    private static RateTier[] TiersOf(string key, IEnumerable<PriceOverrideTier> tiers) =>
        [.. from tier in tiers where tier.Rates.ContainsKey(key) select new RateTier(tier.Start, tier.Rates[key])];
}
