using AiObs.Cost.Pricing;
using AiObs.Cost.Units;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Whole numbers are priced without decimals on the way, and must come to the same.</summary>
public sealed class CountedUsageProperties
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CostFactor[] Factors = [new("service tier batch", 0.5m), new("region eu", 1.1m)];

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    [InlineData("gemini-2.5-pro")]
    [InlineData("gemini-2.5-flash")]
    [InlineData("gpt-image-1")]
    public void Calculate_AnyCountsOfAModel_CostWhatTheSameNumbersCostAsDecimals(string model)
    {
        var price = PriceTable.Default.Find(new PriceRequest(model, Provider: null, Time)).Price!;

        Fuzz.Check<(uint Input, uint Output, bool HasFactors, (byte Unit, ushort Count)[] Parts)>(
            usage =>
            {
                var counted = CountsOf(usage.Input, usage.Output, usage.Parts);
                var given = new UsageQuantities(counted.All);
                var factors = usage.HasFactors ? Factors : [];

                Assert.Equal((true, false), (counted.AreCounts, given.AreCounts));
                var expected = PriceCalculator.Calculate(price, PriceSource.Table, given, factors, isEstimated: false);
                var receipt = PriceCalculator.Calculate(price, PriceSource.Table, counted, factors, isEstimated: false);
                Assert.Equal(expected.Lines, receipt.Lines);
                Assert.Equal(
                    (expected.Total, expected.Input, expected.Output, expected.TierStart, expected.Completeness, expected.Reason),
                    (receipt.Total, receipt.Input, receipt.Output, receipt.TierStart, receipt.Completeness, receipt.Reason));
            },
            cases: 1_000);
    }

    private static UsageQuantities CountsOf(uint input, uint output, IEnumerable<(byte Unit, ushort Count)> parts)
    {
        var registry = UnitRegistry.Default;
        var counts = new long[64];
        var reported = 0UL;
        foreach (var (number, count) in parts)
        {
            Add(registry.All[number % registry.All.Count], count);
        }

        Add(registry.InputTokens, input * 5_000L);
        Add(registry.FindByUsageKey("output_tokens")!, output);
        return new(reported, counts);

        void Add(UsageUnit unit, long count)
        {
            counts[unit.Index] = count;
            reported |= unit.Bit;
        }
    }
}
