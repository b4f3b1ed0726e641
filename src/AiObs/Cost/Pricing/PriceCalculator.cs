using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>Multiplies quantities by rates, in decimal.</summary>
internal static class PriceCalculator
{
    private const string Estimated = "the usage was estimated";

    /// <summary>Makes the receipt of a usage under a price. Never throws: a usage that contradicts itself comes back unpriced, with the reason.</summary>
    /// <param name="price">The price.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="factors">Multipliers on all rates.</param>
    /// <param name="isEstimated">Whether the usage was estimated.</param>
    public static CostReceipt Calculate(
        ModelPrice price, PriceSource source, UsageQuantities usage, IReadOnlyList<CostFactor> factors, bool isEstimated)
    {
        var card = price.Card;
        Span<decimal> parts = stackalloc decimal[card.Units.Length];
        try
        {
            var billed = price.MinimumAudioSeconds is { } minimum ? AudioMinimum.Apply(minimum, usage) : usage;
            var problem = UsageSplit.Compute(card, billed, parts);
            if (problem is null && card.HasTiers && billed[UnitRegistry.Default.InputTokens] is null)
            {
                problem = UsageSplit.FindContradiction(UnitRegistry.Default.InputTokens, billed);
            }

            return problem is null
                ? Priced(price, source, usage, billed, parts, factors, isEstimated)
                : Unpriced(price, source, usage, factors, $"the usage contradicts itself: {problem}");
        }
        catch (OverflowException)
        {
            return Unpriced(price, source, usage, factors, "the amount is too large to be computed");
        }
    }

    private static CostReceipt Priced(
        ModelPrice price,
        PriceSource source,
        UsageQuantities usage,
        UsageQuantities billed,
        ReadOnlySpan<decimal> parts,
        IReadOnlyList<CostFactor> factors,
        bool isEstimated)
    {
        var card = price.Card;
        var inputTokens = billed[UnitRegistry.Default.InputTokens] ?? 0;
        var (lines, tierStart) = WriteLines(card, parts, inputTokens, FactorOf(factors));
        var (input, output, total) = SumOf(lines);
        var gap = UsageGaps.Find(card, billed, parts);

        return new()
        {
            Usage = usage,
            Lines = lines,
            Provider = price.Provider,
            Rule = price.Model,
            DataVersion = price.DataVersion,
            Source = source,
            Completeness = gap is not null ? CostCompleteness.Partial : isEstimated ? CostCompleteness.Estimated : CostCompleteness.Exact,
            Reason = (gap, isEstimated) switch
            {
                (null, false) => null,
                (null, true) => Estimated,
                (_, false) => gap,
                _ => $"{gap}; {Estimated}",
            },
            TierStart = tierStart,
            Factors = factors,
            Input = input,
            Output = output,
            Total = total,
        };
    }

    private static CostReceipt Unpriced(
        ModelPrice price, PriceSource source, UsageQuantities usage, IReadOnlyList<CostFactor> factors, string reason) => new()
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

    private static decimal FactorOf(IReadOnlyList<CostFactor> factors)
    {
        var product = 1m;
        for (var index = 0; index < factors.Count; index++)
        {
            product *= factors[index].Value;
        }

        return product;
    }

    private static (CostLine[] Lines, long? TierStart) WriteLines(RateCard card, ReadOnlySpan<decimal> parts, decimal inputTokens, decimal factor)
    {
        var lines = new CostLine[parts.Length - parts.Count(0m)];
        var written = 0;
        long? tierStart = null;
        for (var place = 0; place < parts.Length; place++)
        {
            var (unit, rate, _) = card.Units[place];
            var usd = rate.At(inputTokens, ref tierStart) * factor;
            if (parts[place] != 0)
            {
                lines[written++] = new(unit.UsageKey, unit.Direction, parts[place], usd, unit.Per, parts[place] * usd / unit.Per);
            }
        }

        return (lines, tierStart);
    }

    private static (decimal Input, decimal Output, decimal Total) SumOf(ReadOnlySpan<CostLine> lines)
    {
        decimal input = 0, output = 0, other = 0;
        foreach (ref readonly var line in lines)
        {
            switch (line.Direction)
            {
                case CostDirection.Input:
                    input += line.Amount;
                    break;
                case CostDirection.Output:
                    output += line.Amount;
                    break;
                default:
                    other += line.Amount;
                    break;
            }
        }

        return (input, output, input + output + other);
    }
}
