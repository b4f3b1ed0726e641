namespace AiObs.Cost.Tables;

/// <summary>What the price table does not know, with a source and a date for each: what service tiers, speeds and regions cost, and rates that follow from others.</summary>
internal sealed class PriceOverlay(OverlayMultiplier[] multipliers, (string Provider, string Name)[] regions, DerivedRate[] rates)
{
    public const string ServiceTier = "serviceTier";
    public const string Speed = "speed";
    public const string Region = "region";

    // The table has the fee of the largest size.
    private const string FeesBySize = "perplexity";

    private static readonly PriceCaveat FeeBySize = new(Operations.CostCompleteness.Estimated, "the fee for a request depends on search_context_size");

    private static readonly Lazy<PriceOverlay> Embedded = new(static () => PriceOverlayReader.Read(Units.EmbeddedPrices.ReadOverlay()));

    /// <summary>Gets the overlay that comes with the package.</summary>
    public static PriceOverlay Default => Embedded.Value;

    public IReadOnlyList<OverlayMultiplier> Multipliers => multipliers;

    public IReadOnlyList<DerivedRate> Rates => rates;

    /// <summary>Finds a multiplier, one for the rule before one for all of the provider's; <see langword="null"/> where none is known.</summary>
    public decimal? Find(string kind, string name, string provider, string rule, decimal inputTokens)
    {
        OverlayMultiplier? found = null;
        foreach (var multiplier in multipliers)
        {
            if (multiplier.Kind == kind
                && string.Equals(multiplier.Name, name, StringComparison.OrdinalIgnoreCase)
                && multiplier.Holds(provider, rule, inputTokens)
                && (found is null || found.Rule is null))
            {
                found = multiplier;
            }
        }

        return found?.Value;
    }

    /// <summary>Says whether prices of a provider depend on a region, for some models at least.</summary>
    public bool ListsRegion(string provider, string region) =>
        Array.Exists(regions, known => known.Provider == provider && string.Equals(known.Name, region, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(multipliers, known => known.Kind == Region && known.Provider == provider && string.Equals(known.Name, region, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the rules of a table with the rates that follow from others.</summary>
    public PriceRules AddTo(PriceRules rules) => new([.. rules.Providers.Select(AddTo)], rules.Version);

    private ProviderRule AddTo(ProviderRule provider) => provider.Id == FeesBySize || Array.Exists(rates, rate => rate.Provider == provider.Id)
        ? provider with { Models = Array.ConvertAll(provider.Models, model => model with { Prices = model.Prices.Select(AddTo) }) }
        : provider;

    private Pricing.ModelPrice AddTo(Pricing.ModelPrice price)
    {
        foreach (var rate in rates)
        {
            price = rate.AddTo(price);
        }

        return price.Provider == FeesBySize && (price.Card.Priced & Units.UnitRegistry.Default.Requests.Bit) != 0 ? price.Under(FeeBySize) : price;
    }
}
