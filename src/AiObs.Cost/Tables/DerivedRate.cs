using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tables;

/// <summary>A rate that follows from another one, where the table has none.</summary>
/// <param name="Provider">The provider's id.</param>
/// <param name="Family">What the ids of the models have in them.</param>
/// <param name="Rate">The price key that is missing.</param>
/// <param name="Of">The price key that it follows from.</param>
/// <param name="Factor">How many times that it is.</param>
internal sealed record DerivedRate(string Provider, string Family, string Rate, string Of, decimal Factor)
{
    /// <summary>Returns a price with the rate; the same where it is not one of these, or has it.</summary>
    public ModelPrice AddTo(ModelPrice price)
    {
        if (price.Provider != Provider
            || !price.Model.Contains(Family, StringComparison.Ordinal)
            || price.Rates.ContainsKey(Rate)
            || !price.Rates.TryGetValue(Of, out var known))
        {
            return price;
        }

        var rate = new UnitRate(known.Base * Factor) { Tiers = [.. known.Tiers.Select(tier => new RateTier(tier.Start, tier.Rate * Factor))] };
        return price.With(RateCard.Create([.. price.Rates, new(Rate, rate)], price.Provider, price.Model));
    }
}
