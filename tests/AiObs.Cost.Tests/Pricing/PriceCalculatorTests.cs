using System.Globalization;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport;

namespace AiObs.Cost.Tests.Pricing;

public sealed class PriceCalculatorTests
{
    private static readonly ModelPrice Chat = Price(
        ("input_mtok", 2), ("cache_read_mtok", 0.5m), ("cache_write_mtok", 2.5m), ("cache_write_1h_mtok", 4), ("output_mtok", 10));

    [Fact]
    public void Calculate_InclusiveCounts_ChargesEachTokenOnce()
    {
        var receipt = Calculate(
            Chat, ("input_tokens", 1_000), ("cache_read_tokens", 600), ("cache_write_tokens", 300), ("cache_write_1h_tokens", 100), ("output_tokens", 50));

        Assert.Equal(
            [
                new("input_tokens", CostDirection.Input, 100, 2, 1_000_000, 0.0002m),
                new("cache_read_tokens", CostDirection.Input, 600, 0.5m, 1_000_000, 0.0003m),
                new("cache_write_tokens", CostDirection.Input, 200, 2.5m, 1_000_000, 0.0005m),
                new("cache_write_1h_tokens", CostDirection.Input, 100, 4, 1_000_000, 0.0004m),
                new("output_tokens", CostDirection.Output, 50, 10, 1_000_000, 0.0005m),
            ],
            receipt.Lines);
        Assert.Equal((0.0014m, 0.0005m, 0.0019m), (receipt.Input, receipt.Output, receipt.Total));
        Assert.Equal((CostCompleteness.Exact, null), (receipt.Completeness, receipt.Reason));
        Assert.Equal(("p", "m", PriceSource.Table), (receipt.Provider, receipt.Rule, receipt.Source));
    }

    [Fact]
    public void Calculate_PartBilledByItsWhole_IsExactWithoutARateOfItsOwn()
    {
        var receipt = Calculate(
            Chat,
            ("input_tokens", 100),
            ("input_text_tokens", 90),
            ("input_tool_tokens", 10),
            ("cache_write_tokens", 20),
            ("cache_write_5m_tokens", 20),
            ("output_tokens", 50),
            ("output_reasoning_tokens", 40));

        Assert.Equal(["input_tokens", "cache_write_tokens", "output_tokens"], receipt.Lines.Select(static line => line.Unit));
        Assert.Equal((0.00071m, CostCompleteness.Exact, null), (receipt.Total, receipt.Completeness, receipt.Reason));
    }

    [Theory]
    [InlineData("input_audio_tokens")]
    [InlineData("input_image_tokens")]
    [InlineData("input_video_tokens")]
    [InlineData("output_audio_tokens")]
    [InlineData("output_image_tokens")]
    [InlineData("output_video_tokens")]
    public void Calculate_MediaWithoutARateOfTheirOwn_ArePartial(string unit)
    {
        var receipt = Calculate(Chat, ("input_tokens", 100), ("output_tokens", 50), (unit, 10));

        Assert.Equal((0.0007m, CostCompleteness.Partial, $"no rate for {unit}"), (receipt.Total, receipt.Completeness, receipt.Reason));
    }

    [Theory]
    [InlineData("cache_read_tokens", "input_tokens")]
    [InlineData("output_citation_tokens", "output_tokens")]
    public void Calculate_CacheOrCitationsAtTheRateOfTheWhole_AreEstimated(string unit, string whole)
    {
        var price = Price(("input_mtok", 2), ("output_mtok", 10));

        var receipt = Calculate(price, ("input_tokens", 100), ("output_tokens", 50), (unit, 10));

        Assert.Contains(whole, receipt.Lines.Select(static line => line.Unit));
        Assert.Equal(
            (0.0007m, CostCompleteness.Estimated, $"{unit} counted without a rate of their own"), (receipt.Total, receipt.Completeness, receipt.Reason));
    }

    [Fact]
    public void Calculate_CacheWritesWithoutRates_AreEstimatedAndThoseForAnHourPartial()
    {
        var price = Price(("input_mtok", 2), ("output_mtok", 10));

        Assert.Equal(
            (CostCompleteness.Estimated, "cache_write_tokens counted without a rate of their own"),
            Found(Calculate(price, ("input_tokens", 100), ("cache_write_tokens", 10), ("cache_write_5m_tokens", 10))));
        Assert.Equal(
            (CostCompleteness.Partial, "no rate for cache_write_1h_tokens; cache_write_tokens counted without a rate of their own"),
            Found(Calculate(price, ("input_tokens", 100), ("cache_write_tokens", 10), ("cache_write_1h_tokens", 10))));
    }

    [Fact]
    public void Calculate_CacheWritesWhoseLifetimeNobodySaid_ArePartialWhereItMakesADifference()
    {
        var alike = Price(("input_mtok", 2), ("cache_write_mtok", 2.5m));

        Assert.Equal(
            (CostCompleteness.Partial, "how long cache_write_tokens last was not reported"), Found(Calculate(Chat, ("input_tokens", 100), ("cache_write_tokens", 10))));
        Assert.Equal((CostCompleteness.Exact, null), Found(Calculate(alike, ("input_tokens", 100), ("cache_write_tokens", 10))));
    }

    [Fact]
    public void Calculate_CachedAudioAtTheRateOfAudio_IsEstimated()
    {
        var price = Price(("input_mtok", 1), ("input_audio_mtok", 30));

        Assert.Equal(
            (CostCompleteness.Estimated, "cache_read_tokens counted without a rate of their own"),
            Found(Calculate(price, ("input_tokens", 100), ("cache_read_tokens", 50), ("input_audio_tokens", 40), ("cache_audio_read_tokens", 10))));
    }

    [Fact]
    public void Calculate_AllRatesAreZero_PartsNeedNoneOfTheirOwn()
    {
        var price = Price(("input_mtok", 0), ("output_mtok", 0));

        var receipt = Calculate(price, ("input_tokens", 100), ("input_audio_tokens", 50), ("cache_read_tokens", 50), ("output_tokens", 5));

        Assert.Equal((0m, CostCompleteness.Exact), (receipt.Total, receipt.Completeness));
    }

    [Fact]
    public void Calculate_Overlap_IsChargedAtItsOwnRate()
    {
        var price = Price(("input_mtok", 1), ("cache_read_mtok", 0.1m), ("input_audio_mtok", 30), ("cache_audio_read_mtok", 3));

        var receipt = Calculate(
            price, ("input_tokens", 1_000), ("cache_read_tokens", 500), ("input_audio_tokens", 400), ("cache_audio_read_tokens", 100));

        Assert.Equal(
            [("input_tokens", 200), ("cache_read_tokens", 400), ("input_audio_tokens", 300), ("cache_audio_read_tokens", 100)],
            receipt.Lines.Select(static line => (line.Unit, line.Quantity)));
    }

    [Theory]
    [InlineData(1_000, 2, null)]
    [InlineData(1_001, 4, 1_000L)]
    [InlineData(5_000, 4, 1_000L)]
    [InlineData(5_001, 6, 5_000L)]
    public void Calculate_Tiers_TotalInputChoosesTheRateOfTheWholeQuantity(int input, int rate, long? start)
    {
        var price = Price(("input_mtok", new(2) { Tiers = [new(1_000, 4), new(5_000, 6)] }), ("cache_read_mtok", 1), ("output_mtok", 10));

        var receipt = Calculate(price, ("input_tokens", input), ("cache_read_tokens", input - 1), ("output_tokens", 1));

        Assert.Equal((1, rate), (receipt.Lines[0].Quantity, receipt.Lines[0].Rate));
        Assert.Equal(start, receipt.TierStart);
    }

    [Fact]
    public void Calculate_TierOfTheOutput_DependsOnTheInputToo()
    {
        var price = Price(("input_mtok", 1), ("output_mtok", new(10) { Tiers = [new(100, 20)] }));

        Assert.Equal(20, Calculate(price, ("input_tokens", 101), ("output_tokens", 1)).Lines[1].Rate);
        Assert.Equal(10, Calculate(price, ("input_tokens", 100), ("output_tokens", 1_000)).Lines[1].Rate);
    }

    [Fact]
    public void Calculate_Factors_AreInTheRates()
    {
        CostFactor[] factors = [new("service tier batch", 0.5m), new("region eu", 1.1m)];

        var receipt = PriceCalculator.Calculate(Chat, PriceSource.Options, Usage(("input_tokens", 1_000_000), ("output_tokens", 0)), factors, false);

        Assert.Equal([new("input_tokens", CostDirection.Input, 1_000_000, 1.1m, 1_000_000, 1.1m)], receipt.Lines);
        Assert.Equal((1.1m, PriceSource.Options), (receipt.Total, receipt.Source));
        Assert.Same(factors, receipt.Factors);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    public void Calculate_RateForRequests_CountsOneUnlessReported(int? reported, int charged)
    {
        var price = Price(("input_mtok", 1), ("requests_kcount", 12));
        (string, decimal)[] requests = reported is null ? [] : [("requests", reported.Value)];

        var receipt = Calculate(price, [("input_tokens", 0), .. requests]);

        Assert.Equal((0.012m * charged, 0m, CostCompleteness.Exact), (receipt.Total, receipt.Input, receipt.Completeness));
    }

    [Theory]
    [InlineData("web_searches", "no rate for web_searches")]
    [InlineData("input_tokens", null)]
    [InlineData("requests", null)]
    [InlineData("input_characters", null)]
    [InlineData("output_audio_seconds", "no rate for output_audio_seconds")]
    public void Calculate_UnitBesideTokens_IsMissingWhenNothingPaysForIt(string unit, string? reason)
    {
        var price = Price(("input_mtok", 1), ("output_mtok", 1));
        (string, decimal)[] tokens = unit == "input_tokens" ? [] : [("input_tokens", 10)];

        var receipt = Calculate(price, [.. tokens, (unit, 5), ("output_tokens", 0)]);

        Assert.Equal(reason is null ? CostCompleteness.Exact : CostCompleteness.Partial, receipt.Completeness);
        Assert.Equal(reason, receipt.Reason);
        Assert.NotNull(receipt.Total);
    }

    [Fact]
    public void Calculate_SeveralUnitsWithoutRate_NamesTheWidestOfEach()
    {
        var price = Price(("input_document_kpages", 1));

        var receipt = Calculate(price, ("input_tokens", 9), ("cache_read_tokens", 3), ("output_tokens", 5), ("output_reasoning_tokens", 2), ("web_searches", 1));

        Assert.Equal((CostCompleteness.Partial, 0m), (receipt.Completeness, receipt.Total));
        Assert.Equal("no rate for input_tokens, output_tokens, web_searches", receipt.Reason);
    }

    [Fact]
    public void Calculate_WholeIsPaidInParts_NothingIsMissing()
    {
        var price = Price(("input_audio_mtok", 1), ("input_image_mtok", 2));

        Assert.Null(Calculate(price, ("input_tokens", 10), ("input_audio_tokens", 4), ("input_image_tokens", 6)).Reason);
        Assert.Equal("no rate for input_tokens", Calculate(price, ("input_tokens", 11), ("input_audio_tokens", 4), ("input_image_tokens", 6)).Reason);
    }

    [Fact]
    public void Calculate_SpeechBilledByTheHour_TokensAreNotMissing()
    {
        var price = Price(("audio_hours", 0.36m));

        var receipt = Calculate(price, ("audio_seconds", 60), ("input_tokens", 500), ("output_tokens", 20));

        Assert.Equal((0.006m, CostCompleteness.Exact), (receipt.Total, receipt.Completeness));
    }

    [Fact]
    public void Calculate_NoUsage_IsALowerBoundOfZero()
    {
        var receipt = Calculate(Chat);

        Assert.Equal((CostCompleteness.Partial, "no usage was reported", 0m), (receipt.Completeness, receipt.Reason, receipt.Total));
        Assert.Empty(receipt.Lines);
    }

    [Fact]
    public void Calculate_OutputAlone_IsALowerBound()
    {
        var receipt = Calculate(Chat, ("output_tokens", 10));

        Assert.Equal((CostCompleteness.Partial, "input_tokens were not reported", 0.0001m), (receipt.Completeness, receipt.Reason, receipt.Total));
    }

    [Fact]
    public void Calculate_ModelWithoutRates_IsFree()
    {
        var receipt = Calculate(Price(), ("input_tokens", 10), ("output_tokens", 5), ("web_searches", 2));

        Assert.Equal((CostCompleteness.Exact, 0m, null), (receipt.Completeness, receipt.Total, receipt.Reason));
    }

    [Fact]
    public void Calculate_EstimatedUsage_SaysSo()
    {
        var receipt = PriceCalculator.Calculate(Chat, PriceSource.Table, Usage(("input_tokens", 10), ("output_tokens", 5)), [], isEstimated: true);

        Assert.Equal((CostCompleteness.Estimated, "the usage was estimated"), (receipt.Completeness, receipt.Reason));
    }

    [Fact]
    public void Calculate_EstimatedUsageWithoutRate_SaysBoth()
    {
        var receipt = PriceCalculator.Calculate(Chat, PriceSource.Table, Usage(("input_tokens", 10), ("web_searches", 5)), [], isEstimated: true);

        Assert.Equal((CostCompleteness.Partial, "no rate for web_searches; the usage was estimated"), (receipt.Completeness, receipt.Reason));
    }

    [Theory]
    [InlineData("input_tokens=-1 output_tokens=1", "input_tokens is negative (-1)")]
    [InlineData("input_tokens=1 web_searches=-2", "web_searches is negative (-2)")]
    [InlineData("cache_read_tokens=200 output_tokens=1", "cache_read_tokens was reported without input_tokens, of which it is a part")]
    [InlineData("input_tokens=100 cache_write_1h_tokens=5", "cache_write_1h_tokens was reported without cache_write_tokens, of which it is a part")]
    [InlineData("input_tokens=100 cache_read_tokens=101", "the parts of input_tokens add up to 101, but input_tokens is 100")]
    [InlineData("input_tokens=100 cache_read_tokens=60 cache_write_tokens=60", "the parts of input_tokens add up to 120, but input_tokens is 100")]
    public void Calculate_UsageThatContradictsItself_IsUnpriced(string usage, string problem)
    {
        var receipt = Calculate(Chat, [.. usage.Split(' ').Select(static text => text.Split('=')).Select(static pair => (pair[0], decimal.Parse(pair[1], CultureInfo.InvariantCulture)))]);

        Assert.Equal((CostCompleteness.Unpriced, $"the usage contradicts itself: {problem}"), (receipt.Completeness, receipt.Reason));
        Assert.Equal((null, null, null), (receipt.Input, receipt.Output, receipt.Total));
        Assert.Equal(("p", "m"), (receipt.Provider, receipt.Rule));
        Assert.Empty(receipt.Lines);
    }

    [Fact]
    public void Calculate_OverlapNotReported_IsUnpriced()
    {
        var price = Price(("input_mtok", 1), ("cache_read_mtok", 0.1m), ("input_audio_mtok", 30), ("cache_audio_read_mtok", 3));

        var receipt = Calculate(price, ("input_tokens", 1_000), ("cache_read_tokens", 500), ("input_audio_tokens", 400));

        Assert.Equal(
            "the usage contradicts itself: cache_read_tokens and input_audio_tokens were reported without cache_audio_read_tokens, which is what is both",
            receipt.Reason);
    }

    [Fact]
    public void Calculate_TierCannotBeTold_IsUnpriced()
    {
        var price = Price(("output_mtok", new(1) { Tiers = [new(100, 2)] }));

        var receipt = Calculate(price, ("cache_read_tokens", 500), ("output_tokens", 1));

        Assert.Equal(CostCompleteness.Unpriced, receipt.Completeness);
    }

    [Fact]
    public void Calculate_AmountTooLarge_IsUnpriced()
    {
        var receipt = Calculate(Price(("input_mtok", decimal.MaxValue)), ("input_tokens", decimal.MaxValue));

        Assert.Equal((CostCompleteness.Unpriced, "the amount is too large to be computed"), (receipt.Completeness, receipt.Reason));
    }

    [Theory]
    [InlineData(3, null, 10)]
    [InlineData(null, 3, 10)]
    [InlineData(0, 3, 10)]
    [InlineData(12, 11, 12)]
    [InlineData(0, 0, 0)]
    public void Calculate_GroqWhisper_BillsTenSecondsAtLeast(int? all, int? input, int billed)
    {
        var price = PriceTable.Default.Find(new("whisper-large-v3", "groq", default)).Price!;
        (string Unit, decimal? Value)[] seconds = [("audio_seconds", all), ("input_audio_seconds", input)];
        var usage = Usage([.. seconds.Where(static entry => entry.Value is not null).Select(static entry => (entry.Unit, entry.Value!.Value))]);

        var receipt = PriceCalculator.Calculate(price, PriceSource.Table, usage, [], isEstimated: false);

        Assert.Equal(0.111m * billed / 3_600, receipt.Input);
        Assert.Equal((receipt.Input, usage), (receipt.Total, receipt.Usage));
    }

    [Fact]
    public void Calculate_GroqWhisperWithoutAudio_BillsNone()
    {
        var price = PriceTable.Default.Find(new("whisper-large-v3-turbo", "groq", default)).Price!;

        Assert.Equal(0, PriceCalculator.Calculate(price, PriceSource.Table, UsageQuantities.Empty, [], isEstimated: false).Total);
    }

    [Fact]
    public void Calculate_PricedCall_AllocatesTheReceiptAndItsLines()
    {
        var usage = Usage(("input_tokens", 1_000), ("cache_read_tokens", 600), ("output_tokens", 50));

        Assert.InRange(
            AllocationMeter.BytesPerRun(() => PriceCalculator.Calculate(Chat, PriceSource.Table, usage, [], isEstimated: false)), 1, 450);
    }

    private static (CostCompleteness, string?) Found(CostReceipt receipt) => (receipt.Completeness, receipt.Reason);

    private static CostReceipt Calculate(ModelPrice price, params (string Unit, decimal Value)[] usage) =>
        PriceCalculator.Calculate(price, PriceSource.Table, Usage(usage), [], isEstimated: false);

    private static UsageQuantities Usage(params (string Unit, decimal Value)[] usage) =>
        new(usage.Select(static entry => new UsageQuantity(entry.Unit, entry.Value)));

    private static ModelPrice Price(params (string Key, UnitRate Rate)[] rates) =>
        new("p", "m", rates.ToDictionary(static rate => rate.Key, static rate => rate.Rate));
}
