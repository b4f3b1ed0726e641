using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>What service tiers and regions do to a price.</summary>
public sealed class MultiplierTests : IDisposable
{
    private static readonly CallUsage Usage = new(new UsageQuantities([new("input_tokens", 1_000_000), new("output_tokens", 0)]), false, null);

    private readonly PriceBookFixture _prices = new();

    public void Dispose() => _prices.Dispose();

    [Theory]
    [InlineData("batch")]
    [InlineData("FLEX")]
    public void Price_BatchOrFlex_IsHalf(string tier)
    {
        var receipt = Price(tier);

        Assert.Equal((5m, CostCompleteness.Exact), (receipt.Total, receipt.Completeness));
        Assert.Equal([new($"service tier {tier}", 0.5m)], receipt.Factors);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("default")]
    [InlineData("Standard")]
    [InlineData("standard_only")]
    [InlineData("auto")]
    [InlineData("on_demand")]
    public void Price_StandardTier_AddsNoFactor(string? tier)
    {
        var receipt = Price(tier);

        Assert.Equal((10m, CostCompleteness.Exact), (receipt.Total, receipt.Completeness));
        Assert.Empty(receipt.Factors);
    }

    [Theory]
    [InlineData("scale", "openai")]
    [InlineData("batch", "groq")]
    [InlineData("flex", "anthropic")]
    [InlineData("flex", "azure")]
    [InlineData("priority", "google")]
    public void Price_TierWithoutMultiplier_IsPartial(string tier, string provider)
    {
        var receipt = Price(tier, provider: provider);

        Assert.Equal((10m, CostCompleteness.Partial), (receipt.Total, receipt.Completeness));
        Assert.Equal($"no multiplier for service tier {tier}", receipt.Reason);
    }

    [Fact]
    public void Price_SeveralMultipliersFit_TheMostSpecificHolds()
    {
        _prices.Options.ServiceTierMultipliers["priority"] = 2;
        _prices.Options.ServiceTierMultipliers["openai/priority"] = 3;
        _prices.Options.ServiceTierMultipliers["openai/gpt-4/priority"] = 4;
        _prices.Options.ServiceTierMultipliers["openai/gpt-5/priority"] = 5;
        _prices.Options.ServiceTierMultipliers["azure/gpt-4o/priority"] = 6;
        Override("openai", "o3");
        Override("groq", "llama");

        Assert.Equal(40m, Price("priority").Total);
        Assert.Equal(30m, Price("priority", model: "o3").Total);
        Assert.Equal(20m, Price("priority", model: "llama", provider: "groq").Total);
        Assert.Equal(60m, Price("priority", provider: "azure.ai.openai").Total);
    }

    [Fact]
    public void Price_OptionsFileAndTierOfItsOwn_AreAskedInThatOrder()
    {
        using var file = new PriceFileFixture(
            """{ "serviceTierMultipliers": { "batch": 0.4, "flex": 0.6 }, "regionMultipliers": { "eu": 1.5, "us": 2 } }""");
        _prices.Options.PriceFile = file.Name;
        _prices.Options.ServiceTierMultipliers["batch"] = 0.3m;
        _prices.Options.RegionMultipliers["eu"] = 1.1m;

        Assert.Equal(3m, Price("batch").Total);
        Assert.Equal(6m, Price("flex").Total);
        Assert.Equal(11m, Price(null, "eu").Total);
        Assert.Equal(20m, Price(null, "us").Total);
    }

    [Fact]
    public void Price_MultiplierOfOne_IsKnownButAddsNoFactor()
    {
        _prices.Options.ServiceTierMultipliers["priority"] = 1;

        var receipt = Price("priority");

        Assert.Equal(CostCompleteness.Exact, receipt.Completeness);
        Assert.Empty(receipt.Factors);
    }

    [Fact]
    public void Price_TierAndRegion_AreMultiplied()
    {
        _prices.Options.RegionMultipliers["openai/EU"] = 1.1m;

        var receipt = Price("batch", "eu");

        Assert.Equal(5.5m, receipt.Total);
        Assert.Equal([new("service tier batch", 0.5m), new("region eu", 1.1m)], receipt.Factors);
    }

    [Fact]
    public void Price_RegionWithoutMultiplier_ChangesNothing()
    {
        var receipt = Price(null, "mars");

        Assert.Equal((10m, CostCompleteness.Exact), (receipt.Total, receipt.Completeness));
    }

    [Fact]
    public void Price_Override_IsMultipliedToo()
    {
        _prices.Override("gpt-4o", 100);

        Assert.Equal((PriceSource.Options, 50m), (Price("batch").Source, Price("batch").Total));
    }

    [Fact]
    public void Price_Alias_TheMultiplierIsThatOfItsTarget()
    {
        _prices.Options.Aliases["mine"] = "azure/gpt-4o";
        _prices.Options.ServiceTierMultipliers["azure/gpt-4o/priority"] = 3;

        Assert.Equal(30m, Price("priority", model: "mine").Total);
    }

    private void Override(string provider, string model) => _prices.Override(model, 10, provider);

    private CostReceipt Price(string? tier, string? region = null, string model = "gpt-4o", string provider = "openai") =>
        _prices.Open().Price(PriceBookFixture.Ask(model, provider), Usage, new(null, tier, region));
}
