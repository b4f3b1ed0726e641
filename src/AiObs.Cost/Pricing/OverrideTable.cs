using System.Collections.Frozen;

namespace AiObs.Cost.Pricing;

/// <summary>Prices of the application's own, the most specific first.</summary>
internal sealed class OverrideTable
{
    private readonly FrozenDictionary<string, OverrideRule[]> _exact;
    private readonly OverrideRule[] _prefixes;

    /// <summary>Initializes a new instance of the <see cref="OverrideTable"/> class from prices that are valid.</summary>
    public OverrideTable(IEnumerable<PriceOverride> prices, string? version)
    {
        // Reversed, as sorting is stable and the one that was added last wins.
        var rules = prices.Select(price => new OverrideRule(price, version)).Reverse().OrderBy(rule => rule.Provider is null).ToList();
        _exact = rules
            .Where(static rule => !rule.IsPrefix)
            .GroupBy(rule => rule.Model, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(named => named.Key, named => named.ToArray(), StringComparer.OrdinalIgnoreCase);
        _prefixes = [.. rules.Where(static rule => rule.IsPrefix).OrderByDescending(rule => rule.Model.Length)];
    }

    /// <summary>Finds the price of a model.</summary>
    /// <param name="provider">The provider in canonical spelling.</param>
    /// <param name="model">The model.</param>
    public ModelPrice? Find(string? provider, string model)
    {
        if (_exact.TryGetValue(model, out var exact) && First(exact, provider, model) is { } price)
        {
            return price;
        }

        return First(_prefixes, provider, model);
    }

    private static ModelPrice? First(OverrideRule[] rules, string? provider, string model)
    {
        foreach (var rule in rules)
        {
            if (rule.Holds(provider, model))
            {
                return rule.Price;
            }
        }

        return null;
    }
}
