using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>The rates of one model, arranged for calculation.</summary>
internal sealed class RateCard
{
    private RateCard(PricedUnit[] units)
    {
        Units = units;
        PartsFirst = [.. Enumerable.Range(0, units.Length).OrderByDescending(place => units[place].Unit.Depth)];
        foreach (var (unit, rate, _) in units)
        {
            Priced |= unit.Bit;
            Covered |= unit.Bit | unit.Parts;
            HasTiers |= rate.Tiers.Count > 0;
        }
    }

    /// <summary>Gets the units in the order of a receipt's lines.</summary>
    public PricedUnit[] Units { get; }

    /// <summary>Gets the places of the units in an order in which a part comes before what contains it.</summary>
    public int[] PartsFirst { get; }

    /// <summary>Gets the units that have a rate.</summary>
    public ulong Priced { get; }

    /// <summary>Gets the units that have a rate or are part of one that has.</summary>
    public ulong Covered { get; }

    public bool HasTiers { get; }

    /// <summary>Checks and arranges rates by price key.</summary>
    /// <exception cref="ArgumentException">A price key is unknown or a rate is not valid, or two units overlap and their overlap has no rate.</exception>
    public static RateCard Create(IEnumerable<KeyValuePair<string, UnitRate>> rates, string provider, string model)
    {
        var checks = new RateChecks(provider, model);
        var rated = rates.Select(rate => (Unit: checks.UnitOf(rate.Key), Rate: checks.Check(rate.Key, rate.Value)))
            .OrderBy(static rate => rate.Unit.Index)
            .ToArray();
        checks.CheckOverlaps([.. rated.Select(static rate => rate.Unit)]);

        return new(Array.ConvertAll(rated, entry => new PricedUnit(entry.Unit, entry.Rate, PlacesOf(entry.Unit, rated))));
    }

    /// <summary>Returns the rates by price key.</summary>
    public Dictionary<string, UnitRate> ToRates() =>
        Units.ToDictionary(static unit => unit.Unit.PriceKey, static unit => unit.Rate, StringComparer.Ordinal);

    private static ulong PlacesOf(UsageUnit unit, (UsageUnit Unit, UnitRate Rate)[] rated)
    {
        var places = 0UL;
        for (var place = 0; place < rated.Length; place++)
        {
            places |= (unit.Parts & rated[place].Unit.Bit) == 0 ? 0 : 1UL << place;
        }

        return places;
    }
}
