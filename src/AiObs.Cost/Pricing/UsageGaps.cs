using System.Numerics;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Finds what was used, or must have been, and is not in the amount.</summary>
internal static class UsageGaps
{
    /// <summary>Returns what is missing from the amount; <see langword="null"/> when nothing is.</summary>
    public static string? Find<T>(RateCard card, UsageQuantities usage, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        // A model without any rate is free.
        if (card.Units.Length == 0)
        {
            return null;
        }

        var registry = UnitRegistry.Default;
        var unpriced = usage.Used & ~card.Covered & ~registry.Requests.Bit;
        if (unpriced != 0 && NamesOf(unpriced, card, usage, parts) is { Length: > 0 } names)
        {
            return $"no rate for {names}";
        }

        if (usage.Reported == 0)
        {
            return "no usage was reported";
        }

        // No call is without input, so a count of the output alone is not all of it.
        return (card.Priced & ~usage.Reported & registry.InputTokens.Bit) != 0 && HasOutputOnly(usage)
            ? "input_tokens were not reported"
            : null;
    }

    private static bool HasOutputOnly(UsageQuantities usage)
    {
        for (var rest = usage.Reported; rest != 0; rest &= rest - 1)
        {
            if (UnitRegistry.Default[BitOperations.TrailingZeroCount(rest)].Direction != CostDirection.Output)
            {
                return false;
            }
        }

        return true;
    }

    private static string NamesOf<T>(ulong unpriced, RateCard card, UsageQuantities usage, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        var names = new List<string>();
        for (var rest = unpriced; rest != 0; rest &= rest - 1)
        {
            var unit = UnitRegistry.Default[BitOperations.TrailingZeroCount(rest)];
            if ((unit.Containers & unpriced) == 0 && !IsPaidInParts(unit, card, usage, parts) && !IsPaidByOtherMeasure(unit, card, parts))
            {
                names.Add(unit.UsageKey);
            }
        }

        return string.Join(", ", names);
    }

    private static bool IsPaidInParts<T>(UsageUnit unit, RateCard card, UsageQuantities usage, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        var paid = T.Zero;
        for (var place = 0; place < parts.Length; place++)
        {
            paid += (unit.Parts & card.Units[place].Unit.Bit) == 0 ? T.Zero : parts[place];
        }

        return usage.ValueOf<T>(unit) <= paid;
    }

    // Speech that is billed by the hour is often counted in tokens as well; it is not billed twice.
    private static bool IsPaidByOtherMeasure<T>(UsageUnit unit, RateCard card, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        for (var place = 0; place < parts.Length; place++)
        {
            var other = card.Units[place].Unit;
            if (unit.MeasuresContent
                && other.MeasuresContent
                && other.Family != unit.Family
                && (other.Direction == unit.Direction || other.Direction == CostDirection.None || unit.Direction == CostDirection.None)
                && T.IsPositive(parts[place]) && !T.IsZero(parts[place]))
            {
                return true;
            }
        }

        return false;
    }
}
