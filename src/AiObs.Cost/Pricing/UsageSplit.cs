using System.Globalization;
using System.Numerics;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>Cuts inclusive quantities into parts that do not overlap: each priced unit without the parts of it that have rates of their own.</summary>
internal static class UsageSplit
{
    /// <summary>Computes the part of each unit on a card.</summary>
    /// <param name="card">The rates.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="parts">Receives the quantities, in the order of the card's units.</param>
    /// <typeparam name="T">The numbers to compute with; see <see cref="UsageQuantities.ValueOf{T}"/>.</typeparam>
    /// <returns>How the usage contradicts itself; <see langword="null"/> when it does not.</returns>
    public static string? Compute<T>(RateCard card, UsageQuantities usage, Span<T> parts)
        where T : INumber<T>
    {
        if (usage.Negative != 0)
        {
            var negative = UnitRegistry.Default[BitOperations.TrailingZeroCount(usage.Negative)];
            return Text($"{negative.UsageKey} is negative ({usage[negative]})");
        }

        foreach (var place in card.PartsFirst)
        {
            var unit = card.Units[place].Unit;
            if (FindContradiction(unit, usage) is { } problem)
            {
                return problem;
            }

            var isReported = (usage.Reported & unit.Bit) != 0;
            if (!isReported && unit != UnitRegistry.Default.Requests)
            {
                // Nor was any part of it used, or the usage would contradict itself.
                parts[place] = T.Zero;
                continue;
            }

            var whole = isReported ? usage.ValueOf<T>(unit) : T.One;
            parts[place] = card.Units[place].Parts == 0 ? whole : whole - SumOf(parts, card.Units[place].Parts);
            if (T.IsNegative(parts[place]))
            {
                return Text($"the parts of {unit.UsageKey} add up to {whole - parts[place]}, but {unit.UsageKey} is {whole}");
            }
        }

        // The input chooses the tier, even where it has no rate itself.
        return card.HasTiers ? FindContradiction(UnitRegistry.Default.InputTokens, usage) : null;
    }

    /// <summary>Says why a unit that was not reported cannot be zero; <see langword="null"/> when it can, or was reported.</summary>
    private static string? FindContradiction(UsageUnit unit, UsageQuantities usage)
    {
        if ((usage.Reported & unit.Bit) != 0)
        {
            return null;
        }

        var registry = UnitRegistry.Default;
        if ((usage.Used & unit.Parts) is var used && used != 0)
        {
            var part = registry[BitOperations.TrailingZeroCount(used)];
            return $"{part.UsageKey} was reported without {unit.UsageKey}, of which it is a part";
        }

        // Cached and audio tokens alone do not tell how many of them are both.
        for (var firsts = usage.Used & unit.Containers; firsts != 0; firsts &= firsts - 1)
        {
            var first = registry[BitOperations.TrailingZeroCount(firsts)];
            for (var seconds = firsts & (firsts - 1); seconds != 0; seconds &= seconds - 1)
            {
                var second = registry[BitOperations.TrailingZeroCount(seconds)];
                if (registry.FindOverlap(first, second) == unit)
                {
                    return $"{first.UsageKey} and {second.UsageKey} were reported without {unit.UsageKey}, which is what is both";
                }
            }
        }

        return null;
    }

    private static T SumOf<T>(Span<T> parts, ulong places)
        where T : INumber<T>
    {
        var sum = T.Zero;
        for (; places != 0; places &= places - 1)
        {
            sum += parts[BitOperations.TrailingZeroCount(places)];
        }

        return sum;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
