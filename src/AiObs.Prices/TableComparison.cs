using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;

namespace AiObs.Prices;

/// <summary>Compares a price table with the one in the package: prices change, but a table in which much has changed out of all proportion is more likely broken.</summary>
internal static class TableComparison
{
    private const int MostJumps = 5;
    private const decimal LargestJump = 10;

    /// <exception cref="InvalidDataException">Too much has changed; the message says what.</exception>
    public static void Check(PriceRules known, PriceRules found, DateTimeOffset time)
    {
        var prices = Prices(found, time);
        var (models, gone) = (0, 0);
        List<string> jumps = [];
        foreach (var (name, before) in Prices(known, time))
        {
            models++;
            if (prices.TryGetValue(name, out var now))
            {
                jumps.AddRange(before.Rates.Where(rate => Jumps(rate.Value, now, rate.Key)).Select(rate => $"{name.Provider}/{name.Model} {rate.Key}"));
            }
            else
            {
                gone++;
            }
        }

        if (gone * 10 > models)
        {
            throw new InvalidDataException($"It lacks {gone} of {models} known models.");
        }

        if (jumps.Count > MostJumps)
        {
            throw new InvalidDataException($"{jumps.Count} known rates are 0 or have changed by more than {LargestJump} times, such as {jumps[0]}.");
        }
    }

    private static Dictionary<(string Provider, string Model), ModelPrice> Prices(PriceRules rules, DateTimeOffset time)
    {
        var prices = new Dictionary<(string Provider, string Model), ModelPrice>();
        foreach (var provider in rules.Providers)
        {
            foreach (var model in provider.Models)
            {
                prices.TryAdd((provider.Id, model.Id), model.Prices.At(time));
            }
        }

        return prices;
    }

    /// <summary>Tells whether a rate jumps; one that is left out does where the model is free now, or where it is the one of all input or all output.</summary>
    private static bool Jumps(UnitRate before, ModelPrice price, string key) => price.Rates.TryGetValue(key, out var now)
        ? Jumps(before.Base, now.Base) || before.Tiers.Zip(now.Tiers).Any(static tiers => Jumps(tiers.First.Rate, tiers.Second.Rate))
        : before.Base > 0 && (price.Card.IsFree || key is "input_mtok" or "output_mtok");

    private static bool Jumps(decimal before, decimal now) => before > 0 && (now == 0 || now > before * LargestJump || now < before / LargestJump);
}
