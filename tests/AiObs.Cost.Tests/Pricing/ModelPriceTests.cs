using AiObs.Cost.Pricing;

namespace AiObs.Cost.Tests.Pricing;

public sealed class ModelPriceTests
{
    [Fact]
    public void Constructor_Rates_AreCopied()
    {
        var tiers = new List<RateTier> { new(1_000, 2) };
        var rates = new Dictionary<string, UnitRate> { ["input_mtok"] = new(1) { Tiers = tiers } };
        var price = new ModelPrice("p", "m", rates);

        rates["output_mtok"] = 3;
        tiers.Clear();

        Assert.Equal(new Dictionary<string, UnitRate> { ["input_mtok"] = new(1) { Tiers = [new(1_000, 2)] } }, price.Rates);
    }

    [Fact]
    public void Rates_ReadTwice_AreTheSameObject()
    {
        var price = Price(("input_mtok", 1));

        Assert.Same(price.Rates, price.Rates);
    }

    [Theory]
    [InlineData("inputs_mtok", " Did you mean \"input_mtok\"?")]
    [InlineData("Input_Mtok", " Did you mean \"input_mtok\"?")]
    [InlineData("x", "")]
    public void Constructor_UnknownPriceKey_SaysWhereAndWhatMayBeMeant(string key, string question)
    {
        var exception = Assert.Throws<ArgumentException>(() => Price((key, 1)));

        Assert.Equal($"The price key \"{key}\" of model \"m\" of provider \"p\" is unknown.{question}", exception.Message);
    }

    [Fact]
    public void Constructor_NegativeRate_SaysWhere()
    {
        var exception = Assert.Throws<ArgumentException>(() => Price(("input_mtok", -0.5m)));

        Assert.Equal("The rate \"input_mtok\" of model \"m\" of provider \"p\" is -0.5; a rate must not be negative.", exception.Message);
    }

    [Fact]
    public void Constructor_NullRate_SaysWhatToDo()
    {
        var exception = Assert.Throws<ArgumentException>(() => Price(("input_mtok", null!)));

        Assert.Equal("The rate \"input_mtok\" of model \"m\" of provider \"p\" is null; leave the key out where there is no rate.", exception.Message);
    }

    [Fact]
    public void Constructor_NegativeTier_SaysWhere()
    {
        var exception = Assert.Throws<ArgumentException>(() => Price(("input_mtok", new(1) { Tiers = [new(5, -1)] })));

        Assert.Equal("A tier of the rate \"input_mtok\" of model \"m\" of provider \"p\" is -1; a rate must not be negative.", exception.Message);
    }

    [Theory]
    [InlineData(-1L, 5L, -1)]
    [InlineData(5L, 5L, 5)]
    [InlineData(9L, 5L, 5)]
    public void Constructor_TiersThatDoNotAscend_SaysWhichOne(long first, long second, int wrong)
    {
        var exception = Assert.Throws<ArgumentException>(() => Price(("input_mtok", new(1) { Tiers = [new(first, 1), new(second, 1)] })));

        Assert.Equal(
            $"The tier starts of the rate \"input_mtok\" of model \"m\" of provider \"p\" must not be negative and must ascend, but {wrong} does not.",
            exception.Message);
    }

    [Fact]
    public void Constructor_OverlapWithoutRate_NamesThePriceKeyThatIsMissing()
    {
        var exception = Assert.Throws<ArgumentException>(() => Price(("input_mtok", 1), ("cache_read_mtok", 1), ("input_audio_mtok", 1)));

        Assert.Equal(
            "The rates \"cache_read_mtok\" and \"input_audio_mtok\" of model \"m\" of provider \"p\" overlap; add \"cache_audio_read_mtok\" for what is both.",
            exception.Message);
    }

    [Theory]
    [InlineData(null, "m", "provider")]
    [InlineData("p", null, "model")]
    public void Constructor_MissingName_Throws(string? provider, string? model, string parameter) =>
        Assert.Throws<ArgumentNullException>(parameter, () => new ModelPrice(provider!, model!, new Dictionary<string, UnitRate>()));

    [Fact]
    public void Constructor_NoRatesAtAll_Throws() => Assert.Throws<ArgumentNullException>("rates", static () => new ModelPrice("p", "m", null!));

    [Fact]
    public void UnitRate_SameTiers_AreEqual()
    {
        UnitRate one = new(1) { Tiers = [new(5, 2)] };

        Assert.Equal(one, new(1) { Tiers = [new(5, 2)] });
        Assert.Equal(one.GetHashCode(), new UnitRate(1) { Tiers = [new(5, 2)] }.GetHashCode());
        Assert.NotEqual(one, new(1) { Tiers = [new(5, 3)] });
        Assert.NotEqual(one, 1);
    }

    private static ModelPrice Price(params (string Key, UnitRate Rate)[] rates) =>
        new("p", "m", rates.ToDictionary(static rate => rate.Key, static rate => rate.Rate));
}
