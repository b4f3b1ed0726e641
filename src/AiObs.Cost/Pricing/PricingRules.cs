using System.Collections.Frozen;

namespace AiObs.Cost.Pricing;

/// <summary>What the options, or a price file, say of prices; made ready to be looked up, and never changed.</summary>
internal sealed class PricingRules
{
    private readonly FrozenDictionary<string, ModelAlias> _aliases;

    private PricingRules(PricingOptions options, string? version)
    {
        Prices = new(options.Prices, version);
        ServiceTiers = new(options.ServiceTierMultipliers);
        Regions = new(options.RegionMultipliers);
        _aliases = ReadAliases(options.Aliases);
    }

    public static PricingRules Empty { get; } = new(new PricingOptions(), null);

    public OverrideTable Prices { get; }

    public MultiplierTable ServiceTiers { get; }

    public MultiplierTable Regions { get; }

    /// <summary>Makes the rules of options that are valid.</summary>
    public static PricingRules Of(PricingOptions options, string? version = null) => new(options, version);

    public ModelAlias? FindAlias(string name) => _aliases.GetValueOrDefault(name);

    private static FrozenDictionary<string, ModelAlias> ReadAliases(IDictionary<string, string> aliases)
    {
        var read = new Dictionary<string, ModelAlias>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, target) in aliases)
        {
            if (ModelAlias.TryParse(target, out var alias))
            {
                read[name] = alias;
            }
        }

        return read.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
