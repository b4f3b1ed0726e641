namespace AiObs.Cost.Pricing;

/// <summary>The service tiers that mean the same wherever they are offered.</summary>
internal static class ServiceTiers
{
    /// <summary>Tells the names of the tier that rates are for.</summary>
    public static bool IsStandard(string tier) =>
        Is(tier, "default") || Is(tier, "standard") || Is(tier, "auto") || Is(tier, "standard_only") || Is(tier, "on_demand");

    private static bool Is(string tier, string name) => string.Equals(tier, name, StringComparison.OrdinalIgnoreCase);
}
