using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>One calculation, from usage and price to the receipt.</summary>
internal readonly struct PriceCalculation(
    ModelPrice price, PriceSource source, UsageQuantities usage, IReadOnlyList<CostFactor> factors, bool isEstimated)
{
    private const string Estimated = "the usage was estimated";

    /// <summary>Makes the receipt.</summary>
    /// <exception cref="OverflowException">A number is too large for a decimal.</exception>
    public CostReceipt Run()
    {
        Span<decimal> parts = stackalloc decimal[price.Card.Units.Length];
        var billed = price.MinimumAudioSeconds is { } minimum ? AudioMinimum.Apply(minimum, usage) : usage;

        return UsageSplit.Compute(price.Card, billed, parts) is { } problem
            ? Unpriced($"the usage contradicts itself: {problem}")
            : Priced(billed, parts);
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

    private CostReceipt Priced(UsageQuantities billed, ReadOnlySpan<decimal> parts)
    {
        var lines = new CostLine[parts.Length - parts.Count(0m)];
        var tierStart = WriteLines(lines, parts, billed[UnitRegistry.Default.InputTokens] ?? 0);
        var (input, output, total) = SumOf(lines);
        var gap = UsageGaps.Find(price.Card, billed, parts);

        return new()
        {
            Usage = usage,
            Lines = lines,
            Provider = price.Provider,
            Rule = price.Model,
            DataVersion = price.DataVersion,
            Source = source,
            Completeness = gap is not null ? CostCompleteness.Partial : isEstimated ? CostCompleteness.Estimated : CostCompleteness.Exact,
            Reason = gap is not null && isEstimated ? $"{gap}; {Estimated}" : isEstimated ? Estimated : gap,
            TierStart = tierStart,
            Factors = factors,
            Input = input,
            Output = output,
            Total = total,
        };
    }

    private long? WriteLines(Span<CostLine> lines, ReadOnlySpan<decimal> parts, decimal inputTokens)
    {
        var written = 0;
        long? tierStart = null;
        for (var place = 0; place < parts.Length; place++)
        {
            var part = parts[place];
            if (part == 0 && !price.Card.HasTiers)
            {
                continue;
            }

            var (unit, rate, _) = price.Card.Units[place];
            var usd = rate.At(inputTokens, ref tierStart);
            if (part != 0)
            {
                usd = WithFactors(usd);
                lines[written++] = new(unit.UsageKey, unit.Direction, part, usd, unit.Per, Amounts.Of(part, usd, unit.Per));
            }
        }

        return tierStart;
    }

    private decimal WithFactors(decimal rate)
    {
        if (factors.Count == 0)
        {
            return rate;
        }

        var product = 1m;
        for (var index = 0; index < factors.Count; index++)
        {
            product *= factors[index].Value;
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
