using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tables;

/// <summary>The prices of one model over time.</summary>
internal sealed class PriceSchedule(ScheduledPrice[] prices)
{
    /// <summary>Gets all prices, whenever they hold.</summary>
    public IEnumerable<ModelPrice> All => prices.Select(static entry => entry.Price);

    /// <summary>Returns the price at a time: the last whose condition holds, else the first.</summary>
    public ModelPrice At(DateTimeOffset time)
    {
        for (var index = prices.Length - 1; index > 0; index--)
        {
            if (prices[index].Condition.Holds(time))
            {
                return prices[index].Price;
            }
        }

        return prices[0].Price;
    }

    /// <summary>Returns the same prices in the name of another provider, who resells the model.</summary>
    public PriceSchedule SoldBy(string provider) =>
        Select(price => price.SoldBy(provider));

    /// <summary>Returns the same prices, of which it is not certain that they are the right ones.</summary>
    public PriceSchedule Under(PriceCaveat caveat) =>
        Select(price => price.Under(caveat));

    /// <summary>Returns the schedule with what is made of each of its prices.</summary>
    public PriceSchedule Select(Func<ModelPrice, ModelPrice> change) => new(Array.ConvertAll(prices, entry => entry with { Price = change(entry.Price) }));
}
