using System.Collections.Frozen;

namespace AiObs.Cost.Pricing;

/// <summary>Multipliers by the name of a service tier or region, the most specific first.</summary>
internal sealed class MultiplierTable
{
    private readonly FrozenDictionary<string, Multiplier[]> _byName;

    public MultiplierTable(IEnumerable<KeyValuePair<string, decimal>> multipliers) => _byName = multipliers
        .Select(entry => Multiplier.Parse(entry.Key, entry.Value))
        .OfType<Multiplier>()
        .GroupBy(multiplier => multiplier.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(
            named => named.Key,
            named => named.OrderByDescending(multiplier => multiplier.ModelPrefix.Length).ThenBy(multiplier => multiplier.Provider is null).ToArray(),
            StringComparer.OrdinalIgnoreCase);

    public decimal? Find(string name, string? provider, string model)
    {
        if (_byName.TryGetValue(name, out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (candidate.Holds(provider, model))
                {
                    return candidate.Value;
                }
            }
        }

        return null;
    }
}
