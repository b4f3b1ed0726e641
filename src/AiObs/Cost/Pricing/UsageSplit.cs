using System.Globalization;
using System.Numerics;
using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>Cuts inclusive quantities into parts that do not overlap: each priced unit without the parts of it that have rates of their own.</summary>
internal static class UsageSplit
{
    /// <summary>Computes the part of each unit on a card.</summary>
    /// <param name="card">The rates.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="parts">Receives the quantities, in the order of the card's units.</param>
    /// <returns>How the usage contradicts itself; <see langword="null"/> when it does not.</returns>
    public static string? Compute(RateCard card, UsageQuantities usage, Span<decimal> parts)
    {
        if (usage.Negative != 0)
        {
            var negative = UnitRegistry.Default[BitOperations.TrailingZeroCount(usage.Negative)];
            return Text($"{negative.UsageKey} is negative ({usage[negative]})");
        }

        foreach (var place in card.PartsFirst)
        {
            var unit = card.Units[place].Unit;
            if (usage[unit] is not { } whole)
            {
                if (FindContradiction(unit, usage) is { } problem)
                {
                    return problem;
                }

                whole = unit == UnitRegistry.Default.Requests ? 1 : 0;
            }

            parts[place] = whole - SumOf(parts, card.Units[place].Parts);
            if (parts[place] < 0)
            {
                return Text($"the parts of {unit.UsageKey} add up to {whole - parts[place]}, but {unit.UsageKey} is {whole}");
            }
        }

        return null;
    }

    /// <summary>Says why a unit that was not reported cannot be zero; <see langword="null"/> when it can.</summary>
    public static string? FindContradiction(UsageUnit unit, UsageQuantities usage)
    {
        var registry = UnitRegistry.Default;
        if ((usage.Used & unit.Parts) is not 0 and var used)
        {
            return $"{registry[BitOperations.TrailingZeroCount(used)].UsageKey} was reported, but {unit.UsageKey} was not, which it is a part of";
        }

        // Cached and audio tokens alone do not tell how many of them are both.
        for (var firsts = usage.Used & unit.Containers; firsts != 0; firsts &= firsts - 1)
        {
            var first = registry[BitOperations.TrailingZeroCount(firsts)];
            for (var seconds = firsts & (firsts - 1); seconds != 0; seconds &= seconds - 1)
            {
                var second = registry[BitOperations.TrailingZeroCount(seconds)];
                if ((first.Dimensions | second.Dimensions) == unit.Dimensions
                    && first.Dimensions != unit.Dimensions
                    && (first.Containers & second.Bit) == 0
                    && (second.Containers & first.Bit) == 0)
                {
                    return $"{first.UsageKey} and {second.UsageKey} were reported, but {unit.UsageKey} was not, which is what is both";
                }
            }
        }

        return null;
    }

    private static decimal SumOf(Span<decimal> parts, ulong places)
    {
        var sum = 0m;
        for (; places != 0; places &= places - 1)
        {
            sum += parts[BitOperations.TrailingZeroCount(places)];
        }

        return sum;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
