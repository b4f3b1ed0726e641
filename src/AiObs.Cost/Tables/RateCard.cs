using System.Numerics;
using AiObs.Cost.Pricing;
using AiObs.Cost.Units;

namespace AiObs.Cost.Tables;

/// <summary>The rates of one model, arranged for calculation.</summary>
internal sealed class RateCard
{
    private RateCard(ulong priced)
    {
        Priced = priced;
        Units = new PricedUnit[BitOperations.PopCount(priced)];
        PartsFirst = new byte[Units.Length];
    }

    /// <summary>Gets the units in the order of a receipt's lines.</summary>
    public PricedUnit[] Units { get; }

    /// <summary>Gets the places of the units in an order in which a part comes before what contains it.</summary>
    public byte[] PartsFirst { get; }

    /// <summary>Gets the units that have a rate.</summary>
    public ulong Priced { get; }

    /// <summary>Gets the units that have a rate or are part of one that has.</summary>
    public ulong Covered { get; private set; }

    public bool HasTiers { get; private set; }

    /// <summary>Gets a value indicating whether all that has a rate costs nothing.</summary>
    public bool IsFree { get; private set; } = true;

    /// <summary>Checks and arranges rates by price key.</summary>
    /// <exception cref="ArgumentException">A price key is unknown or a rate is not valid, or two units overlap and their overlap has no rate.</exception>
    public static RateCard Create(IReadOnlyCollection<KeyValuePair<string, UnitRate>> rates, string provider, string model)
    {
        var checks = new RateChecks(provider, model);
        var priced = 0UL;
        foreach (var (priceKey, _) in rates)
        {
            priced |= checks.UnitOf(priceKey).Bit;
        }

        checks.CheckOverlaps(priced);
        var card = new RateCard(priced);
        foreach (var (priceKey, rate) in rates)
        {
            card.Put(checks.UnitOf(priceKey), checks.Check(priceKey, rate));
        }

        card.Arrange();
        return card;
    }

    /// <summary>Returns the rates by price key.</summary>
    public Dictionary<string, UnitRate> ToRates() =>
        Units.ToDictionary(static unit => unit.Unit.PriceKey, static unit => unit.Rate, StringComparer.Ordinal);

    private void Put(UsageUnit unit, UnitRate rate)
    {
        var places = 0UL;
        for (var parts = Priced & unit.Parts; parts != 0; parts &= parts - 1)
        {
            places |= 1UL << PlaceOf(parts & ~(parts - 1));
        }

        Units[PlaceOf(unit.Bit)] = new(unit, rate, places);
        Covered |= unit.Bit | unit.Parts;
        HasTiers |= rate.Tiers.Count > 0;
        IsFree &= rate.Base == 0 && rate.Tiers.All(static tier => tier.Rate == 0);
    }

    private void Arrange()
    {
        var next = PartsFirst.Length;
        for (var depth = 1; next > 0; depth++)
        {
            for (var place = 0; place < Units.Length; place++)
            {
                if (Units[place].Unit.Depth == depth)
                {
                    PartsFirst[--next] = (byte)place;
                }
            }
        }
    }

    private int PlaceOf(ulong bit) => BitOperations.PopCount(Priced & (bit - 1));
}
