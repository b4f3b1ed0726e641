using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>What holds for every usage and every price.</summary>
public sealed class PriceCalculatorProperties
{
    private static readonly string[] PriceKeys =
        ["input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok", "output_reasoning_mtok", "web_searches_kcount", "requests_kcount"];

    [Fact]
    public void Calculate_AnyUsage_LinesAddUpToTheTotal() => Check((price, usage) =>
    {
        var receipt = Calculate(price, usage);
        var amounts = receipt.Lines.ToLookup(static line => line.Direction, static line => line.Amount);

        Assert.Equal(amounts[CostDirection.Input].Sum(), receipt.Input);
        Assert.Equal(amounts[CostDirection.Output].Sum(), receipt.Output);
        Assert.Equal(receipt.Input + receipt.Output + amounts[CostDirection.None].Sum(), receipt.Total);
        Assert.All(receipt.Lines, static line => Assert.Equal(line.Quantity * line.Rate / line.Per, line.Amount));
    });

    [Fact]
    public void Calculate_InclusiveCounts_AreTheSumOfTheLinesAgain() => Check((price, usage) =>
    {
        var quantities = Calculate(price, usage).Lines.ToDictionary(static line => line.Unit, static line => line.Quantity);

        Assert.Equal(usage.Input, Sum(quantities, "input_tokens", "cache_read_tokens", "cache_write_tokens"));
        Assert.Equal(usage.Output, Sum(quantities, "output_tokens", "output_reasoning_tokens"));
    });

    [Fact]
    public void Calculate_OnePlainTokenMore_NeverCostsLessWithinATier() => Check((price, usage) =>
    {
        // More plain tokens move no other token to another bucket, and without tiers no rate changes.
        var before = Calculate(price, usage).Total;

        Assert.True(Calculate(price, usage with { Input = usage.Input + 1 }).Total >= before);
        Assert.True(Calculate(price, usage with { Output = usage.Output + 1 }).Total >= before);
        Assert.True(Calculate(price, usage with { Searches = usage.Searches + 1 }).Total >= before);
    });

    [Fact]
    public void Calculate_Factor_ScalesEveryAmount() => Check((price, usage) =>
    {
        var whole = Calculate(price, usage);
        var half = Calculate(price, usage, new CostFactor("half", 0.5m));

        Assert.Equal((whole.Input / 2, whole.Output / 2, whole.Total / 2), (half.Input, half.Output, half.Total));
        Assert.Equal(whole.Lines.Select(static line => (line.Unit, line.Quantity)), half.Lines.Select(static line => (line.Unit, line.Quantity)));
    });

    [Fact]
    public void Calculate_EveryTokenAtOneRate_IsAsIfThereWereNoBuckets() => Check((_, usage) =>
    {
        var buckets = Price(3, 3, 3, 3, 3, 0, 0);
        var plain = new ModelPrice("p", "m", new Dictionary<string, UnitRate> { ["input_mtok"] = 3, ["output_mtok"] = 3 });

        Assert.Equal(Calculate(plain, usage).Total, Calculate(buckets, usage).Total);
    });

    [Fact]
    public void Calculate_CountsOfTheMapper_CostWhatTheSameNumbersCostAsDecimals() => Check((price, usage) =>
    {
        var counted = UsageMapper.Tokens((long)usage.Input, (long)usage.Output);
        var given = new UsageQuantities(counted.All);

        Assert.True(counted.AreCounts);
        Assert.False(given.AreCounts);
        Assert.Equal(given, counted);
        Assert.Equal(
            PriceCalculator.Calculate(price, PriceSource.Table, given, [], isEstimated: false),
            PriceCalculator.Calculate(price, PriceSource.Table, counted, [], isEstimated: false));
    });

    [Fact]
    public void Calculate_CountsThatCouldOverflow_AreComputedAsDecimals()
    {
        var usage = UsageMapper.Tokens(long.MaxValue, long.MaxValue);

        var receipt = PriceCalculator.Calculate(Price(1, 0, 0, 1, 0, 0, 0), PriceSource.Table, usage, [], isEstimated: false);

        Assert.False(usage.AreCounts);
        Assert.Equal(2 * (long.MaxValue / 1_000_000m), receipt.Total);
    }

    [Fact]
    public void Calculate_MoreDigitsThanADoubleHolds_KeepsThemAll()
    {
        var price = Price(1.2345678901234567890123m, 0, 0, 0, 0, 0, 0);

        var receipt = Calculate(price, new(1_000_000, 0, 0, 0, 0, 0));

        Assert.Equal(1.2345678901234567890123m, receipt.Total);
        Assert.NotEqual((decimal)(double)receipt.Total!.Value, receipt.Total);
    }

    private static void Check(Action<ModelPrice, RandomUsage> property) =>
        Prop.ForAll<int[], int[]>((rates, counts) => property(
                Price([.. Take(rates, PriceKeys.Length).Select(static rate => rate / 1_000m)]), RandomUsage.From(Take(counts, 6))))
            .Check(Fuzz.Config());

    // Whatever FsCheck makes up becomes as many small counts as are needed.
    private static int[] Take(int[]? numbers, int count) =>
        [.. (numbers ?? []).Select(static number => Math.Abs(number % 100_000)).Concat(Enumerable.Repeat(1, count)).Take(count)];

    private static ModelPrice Price(params decimal[] rates) =>
        new("p", "m", PriceKeys.Zip(rates).ToDictionary(static rate => rate.First, static rate => (UnitRate)rate.Second));

    private static CostReceipt Calculate(ModelPrice price, RandomUsage usage, params CostFactor[] factors) =>
        PriceCalculator.Calculate(price, PriceSource.Table, usage.ToQuantities(), factors, isEstimated: false);

    private static decimal Sum(Dictionary<string, decimal> quantities, params string[] units) => units.Sum(unit => quantities.GetValueOrDefault(unit));

    /// <summary>A usage that does not contradict itself.</summary>
    private sealed record RandomUsage(decimal Input, decimal CacheRead, decimal CacheWrite, decimal Output, decimal Reasoning, decimal Searches)
    {
        public static RandomUsage From(int[] counts) => new(
            counts[0] + counts[1] + counts[2], counts[1], counts[2], counts[3] + counts[4], counts[4], counts[5]);

        public UsageQuantities ToQuantities() => new(
        [
            new("input_tokens", Input),
            new("cache_read_tokens", CacheRead),
            new("cache_write_tokens", CacheWrite),
            new("output_tokens", Output),
            new("output_reasoning_tokens", Reasoning),
            new("web_searches", Searches),
        ]);
    }
}
