using AiObs.Cost.Tables;
using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>A price table with what was looked up in it lately; what it answers never changes.</summary>
internal sealed class PriceTable
{
    /// <summary>Twice as many answers are kept at most; an application uses a few dozen.</summary>
    private const int CacheGeneration = 1_024;

    // A longer name is no known model; it is not kept, so that the cache has a bound in bytes too.
    private const int LongestKeptText = 256;

    private static readonly Lazy<PriceTable> Embedded =
        new(static () => Of(PriceRulesReader.Read(EmbeddedPrices.ReadPrices(), EmbeddedPrices.Version)));

    private readonly PriceRules _rules;
    private PriceRules _published;
    private readonly Func<string?, string?> _translate;
    private readonly BoundedCache<TableKey, TableEntry> _cache = new(CacheGeneration);

    // Calls come in runs of the same model, and to compare its name takes a part of the time that to hash it takes.
    private TableEntry? _latest;

    /// <summary>Initializes a new instance of the <see cref="PriceTable"/> class.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="translate">Turns names of providers into those that the rules recognise.</param>
    public PriceTable(PriceRules rules, Func<string?, string?> translate)
    {
        _rules = rules;
        _published = rules;
        _translate = translate;
    }

    /// <summary>Gets the table that comes with the package; it is read from the assembly on first use.</summary>
    public static PriceTable Default => Embedded.Value;

    public PriceRules Rules => _rules;

    /// <summary>Makes a table of rules as they are published, with what the overlay adds to them.</summary>
    public static PriceTable Of(PriceRules rules) => Of(rules, PriceOverlay.Default);

    /// <summary>Returns a table of the same rules with what another overlay adds to them.</summary>
    public PriceTable Under(PriceOverlay overlay) => Of(_published, overlay);

    private static PriceTable Of(PriceRules rules, PriceOverlay overlay) => new(overlay.AddTo(rules), ProviderSpellings.Translate) { _published = rules };

    /// <summary>Finds the price of a model.</summary>
    public PriceLookup Find(in PriceRequest request)
    {
        var key = KeyOf(request);
        var entry = _latest;
        if (entry is null || entry.Key != key)
        {
            entry = _cache.Find(key) ?? Resolve(key);
            _latest = key.IsKept ? entry : _latest;
        }

        return entry.Prices is { } prices ? PriceLookup.Found(prices.At(request.Time)) : entry.Miss;
    }

    /// <summary>Finds how many tokens a model takes, input and output together; <see langword="null"/> where that is not known.</summary>
    public int? FindContextWindow(string model, string? provider = null, string? address = null) =>
        _rules.FindContextWindow(model, _translate(provider), address);

    /// <summary>Returns the names that are spelt most like a model that was not found; those of other providers as <c>provider/model</c>.</summary>
    public IReadOnlyList<string> FindSimilar(in PriceRequest request, int count)
    {
        var provider = _rules.FindProvider(request.Model, _translate(request.Provider), request.ApiUrl);
        return Units.ClosestNames.Find(
            request.Model,
            _rules.Providers.SelectMany(
                static seller => seller.Models,
                (seller, model) => (model.Id, seller == provider || provider?.Resells.Contains(seller.Id) == true ? model.Id : $"{seller.Id}/{model.Id}")),
            count);
    }

    private TableKey KeyOf(in PriceRequest request)
    {
        var provider = _translate(request.Provider);

        return new(request.Model, provider, PriceRules.NeedsAddress(provider) ? request.ApiUrl : null);
    }

    private TableEntry Resolve(TableKey key)
    {
        var (provider, prices) = _rules.Find(key.Model, key.Provider, key.Address);
        var entry = new TableEntry(key, prices, provider is null ? PriceLookup.UnknownProvider : PriceLookup.UnknownModel);
        if (key.IsKept)
        {
            _cache.Add(key, entry);
        }

        return entry;
    }

    /// <summary>What a lookup depends on.</summary>
    private readonly record struct TableKey(string Model, string? Provider, string? Address)
    {
        public bool IsKept => Model.Length + (Provider?.Length ?? 0) + (Address?.Length ?? 0) <= LongestKeptText;

        // Most addresses differ in their models, so the address is left to Equals.
        public override int GetHashCode() => HashCode.Combine(Model, Provider);
    }

    /// <summary>What a lookup found; misses are kept as well.</summary>
    private sealed record TableEntry(TableKey Key, PriceSchedule? Prices, PriceLookup Miss);
}
