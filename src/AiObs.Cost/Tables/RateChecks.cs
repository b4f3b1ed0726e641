using System.Globalization;
using System.Numerics;
using AiObs.Cost.Pricing;
using AiObs.Cost.Units;

namespace AiObs.Cost.Tables;

/// <summary>Says what is wrong with the rates of a model, and what to do about it.</summary>
internal readonly struct RateChecks(string provider, string model)
{
    private string Where => $"of model \"{model}\" of provider \"{provider}\"";

    public UsageUnit UnitOf(string priceKey)
    {
        var registry = UnitRegistry.Default;
        return registry.FindByPriceKey(priceKey) ?? throw new ArgumentException(
            $"The price key \"{priceKey}\" {Where} is unknown.{ClosestNames.Suggest(priceKey, registry.All.Select(static unit => unit.PriceKey))}");
    }

    public UnitRate Check(string priceKey, UnitRate? rate)
    {
        if (rate is null)
        {
            throw new ArgumentException($"The rate \"{priceKey}\" {Where} is null; leave the key out where there is no rate.");
        }

        RequirePositive(rate.Base, $"The rate \"{priceKey}\" {Where}");
        var last = -1L;
        for (var index = 0; index < rate.Tiers.Count; index++)
        {
            var tier = rate.Tiers[index];
            RequirePositive(tier.Rate, $"A tier of the rate \"{priceKey}\" {Where}");
            if (tier.Start <= last)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tier starts of the rate \"{priceKey}\" {Where} must not be negative and must ascend, but {tier.Start} does not."));
            }

            last = tier.Start;
        }

        // What is checked must not change afterwards.
        return rate.Tiers.Count == 0 ? rate : rate with { Tiers = rate.Tiers.ToArray() };
    }

    /// <summary>Requires a rate for what two units have in common: without one, either rate could be meant.</summary>
    public void CheckOverlaps(ulong priced)
    {
        var registry = UnitRegistry.Default;
        for (var firsts = priced; firsts != 0; firsts &= firsts - 1)
        {
            var first = registry[BitOperations.TrailingZeroCount(firsts)];
            for (var seconds = firsts & (firsts - 1); seconds != 0; seconds &= seconds - 1)
            {
                var second = registry[BitOperations.TrailingZeroCount(seconds)];
                if (registry.FindOverlap(first, second) is { } overlap && (priced & overlap.Bit) == 0)
                {
                    throw new ArgumentException(
                        $"The rates \"{first.PriceKey}\" and \"{second.PriceKey}\" {Where} overlap; add \"{overlap.PriceKey}\" for what is both.");
                }
            }
        }
    }

    private static void RequirePositive(decimal rate, string what)
    {
        if (rate < 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{what} is {rate}; a rate must not be negative."));
        }
    }
}
