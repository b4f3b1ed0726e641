using System.Numerics;
using AiObs.Cost.Units;
using AiObs.Operations;

namespace AiObs.Cost.Pricing;

/// <summary>One calculation, from usage and price to the receipt.</summary>
internal readonly struct PriceCalculation(
    ModelPrice price, PriceSource source, UsageQuantities usage, CostFactor[] factors, bool isEstimated)
{
    private static readonly UsageGap Estimated = new(CostCompleteness.Estimated, "the usage was estimated");

    /// <summary>Makes the receipt.</summary>
    /// <exception cref="OverflowException">A number is too large for a decimal.</exception>
    public CostReceipt Run()
    {
        var billed = price.MinimumAudioSeconds is { } minimum ? AudioMinimum.Apply(minimum, usage) : usage;
        return billed.AreCounts ? Run<long>(billed) : Run<decimal>(billed);
    }

    /// <summary>Makes the receipt of a usage that has no amount.</summary>
    public CostReceipt Unpriced(string reason) => new()
    {
        Usage = usage,
        Provider = price.Provider,
        Rule = price.Model,
        DataVersion = price.DataVersion,
        Source = source,
        Completeness = CostCompleteness.Unpriced,
        Reason = reason,
        Factors = factors,
    };

    private CostReceipt Run<T>(UsageQuantities billed)
        where T : unmanaged, INumber<T>
    {
        Span<T> parts = stackalloc T[price.Card.Units.Length];
        return UsageSplit.Compute(price.Card, billed, parts) is { } problem
            ? Unpriced($"the usage contradicts itself: {problem}")
            : Priced<T>(billed, parts);
    }

    private CostReceipt Priced<T>(UsageQuantities billed, ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        var lines = new CostLine[CountUsed(parts)];
        var tierStart = WriteLines(lines, parts, price.Card.HasTiers ? billed[UnitRegistry.Default.InputTokens] ?? 0 : 0);
        var (input, output, total) = SumOf(lines);
        var gap = UsageGaps.Find(price.Card, billed, parts);
        gap = isEstimated ? gap.And(Estimated) : gap;

        return new()
        {
            Usage = usage,
            Lines = lines,
            Provider = price.Provider,
            Rule = price.Model,
            DataVersion = price.DataVersion,
            Source = source,
            Completeness = gap.Completeness,
            Reason = gap.Reason,
            TierStart = tierStart,
            Factors = factors,
            Input = input,
            Output = output,
            Total = total,
        };
    }

    private long? WriteLines<T>(Span<CostLine> lines, ReadOnlySpan<T> parts, decimal inputTokens)
        where T : INumber<T>
    {
        var written = 0;
        var units = price.Card.Units;
        var hasTiers = price.Card.HasTiers;
        long? tierStart = null;
        for (var place = 0; place < parts.Length; place++)
        {
            var part = parts[place];
            if (T.IsZero(part) && !hasTiers)
            {
                continue;
            }

            ref readonly var priced = ref units[place];
            var usd = hasTiers ? priced.Rate.At(inputTokens, ref tierStart) : priced.Rate.Base;
            if (!T.IsZero(part))
            {
                var unit = priced.Unit;
                usd = WithFactors(usd);
                lines[written++] = new(unit.UsageKey, unit.Direction, decimal.CreateChecked(part), usd, unit.Per, Amounts.Of(part, usd, unit.Per));
            }
        }

        return tierStart;
    }

    private static int CountUsed<T>(ReadOnlySpan<T> parts)
        where T : INumber<T>
    {
        var count = 0;
        foreach (var part in parts)
        {
            count += T.IsZero(part) ? 0 : 1;
        }

        return count;
    }

    private decimal WithFactors(decimal rate)
    {
        if (factors.Length == 0)
        {
            return rate;
        }

        var product = 1m;
        foreach (var factor in factors)
        {
            product *= factor.Value;
        }

        return rate * product;
    }

    private static (decimal Input, decimal Output, decimal Total) SumOf(ReadOnlySpan<CostLine> lines)
    {
        decimal input = 0, output = 0, other = 0;
        foreach (ref readonly var line in lines)
        {
            switch (line.Direction)
            {
                case CostDirection.Input:
                    Add(ref input, line.Amount);
                    break;
                case CostDirection.Output:
                    Add(ref output, line.Amount);
                    break;
                default:
                    Add(ref other, line.Amount);
                    break;
            }
        }

        var total = input;
        Add(ref total, output);
        Add(ref total, other);
        return (input, output, total);
    }

    // To look whether there is anything to add to takes less time than to add to nothing.
    private static void Add(ref decimal sum, decimal amount) => sum = sum == 0 ? amount : amount == 0 ? sum : sum + amount;
}
