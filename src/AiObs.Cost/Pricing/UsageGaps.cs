using System.Numerics;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>Finds what was used, or must have been, and is not in the amount, or only by a rate that is not its own.</summary>
internal static class UsageGaps
{
    /// <summary>Returns what is open; nothing when each quantity has a rate of its own, or is one that is billed by its whole.</summary>
    public static UsageGap Find<T>(RateCard card, UsageQuantities usage, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        // A model without any rate is free.
        if (card.Units.Length == 0)
        {
            return default;
        }

        var missing = FindMissing(card, usage, parts);
        var open = usage.Used & ~card.Priced & (UnitRegistry.Default.PricedNearly | UnitRegistry.Default.PricedApart);
        return card.IsFree || (open == 0 && !LacksLifetime(card, usage)) ? missing : missing.And(FindBorrowed(card, usage, open));
    }

    private static UsageGap FindMissing<T>(RateCard card, UsageQuantities usage, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        var registry = UnitRegistry.Default;
        var unpriced = usage.Used & ~card.Covered & ~registry.Requests.Bit;
        if (unpriced != 0 && NamesOf(unpriced, card, usage, parts) is { Length: > 0 } names)
        {
            return new(CostCompleteness.Partial, $"no rate for {names}");
        }

        if (usage.Reported == 0)
        {
            return new(CostCompleteness.Partial, "no usage was reported");
        }

        // No call is without input, so a count of the output alone is not all of it.
        return (card.Priced & ~usage.Reported & registry.InputTokens.Bit) != 0 && HasOutputOnly(usage)
            ? new(CostCompleteness.Partial, "input_tokens were not reported")
            : default;
    }

    /// <summary>Finds what is charged at the rate of something else.</summary>
    private static UsageGap FindBorrowed(RateCard card, UsageQuantities usage, ulong open)
    {
        var registry = UnitRegistry.Default;
        var apart = WithoutPricedWhole(open & card.Covered & registry.PricedApart, card.Priced & registry.PricedApart);
        var nearly = open & card.Covered & registry.PricedNearly;
        var gap = apart == 0 ? default : new UsageGap(CostCompleteness.Partial, $"no rate for {WidestOf(apart)}");
        if (LacksLifetime(card, usage))
        {
            gap = gap.And(new(CostCompleteness.Partial, "how long cache_write_tokens last was not reported"));
        }

        return nearly == 0 ? gap : gap.And(new(CostCompleteness.Estimated, $"{WidestOf(nearly)} counted without a rate of their own"));
    }

    /// <summary>Tells whether tokens went into a cache at a rate that depends on how long they stay there, which nobody said of all of them. What is beside those of an hour lasts five minutes.</summary>
    private static bool LacksLifetime(RateCard card, UsageQuantities usage)
    {
        var registry = UnitRegistry.Default;
        return (usage.Used & registry.CacheWrites.Bit) != 0
            && (card.Priced & registry.HourWrites.Bit) != 0
            && (usage.Reported & registry.HourWrites.Bit) == 0
            && (usage.CountOf(registry.MinuteWrites) ?? 0) < usage.CountOf(registry.CacheWrites);
    }

    /// <summary>Leaves out what is part of a unit that has a rate, as cached audio is of audio.</summary>
    private static ulong WithoutPricedWhole(ulong units, ulong priced)
    {
        for (var rest = units; rest != 0; rest &= rest - 1)
        {
            var unit = UnitRegistry.Default[BitOperations.TrailingZeroCount(rest)];
            units &= (unit.Containers & priced) == 0 ? ulong.MaxValue : ~unit.Bit;
        }

        return units;
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

    private static string WidestOf(ulong units)
    {
        var names = new List<string>();
        for (var rest = units; rest != 0; rest &= rest - 1)
        {
            var unit = UnitRegistry.Default[BitOperations.TrailingZeroCount(rest)];
            if ((unit.Containers & units) == 0)
            {
                names.Add(unit.UsageKey);
            }
        }

        return string.Join(", ", names);
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
