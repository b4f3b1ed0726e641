using AiObs.Cost.Pricing;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Which of several prices of the application's own fits.</summary>
public sealed class PriceOverrideTests : IDisposable
{
    private readonly PriceBookFixture _prices = new() { Table = new() };

    public void Dispose() => _prices.Dispose();

    [Fact]
    public void Find_SeveralFit_TheMostSpecificHolds()
    {
        _prices.Override("gpt*", 1);
        _prices.Override(" gpt-4o* ", 2);
        _prices.Override("gpt-4o*", 3, provider: "azure");
        _prices.Override("gpt-4o-mini", 4);
        _prices.Override("gpt-4o-mini", 5, provider: "azure");
        var book = _prices.Open();

        Assert.Equal((PriceSource.Options, 1m), PriceBookFixture.Find(book, "gpt-4"));
        Assert.Equal((PriceSource.Options, 2m), PriceBookFixture.Find(book, "gpt-4o-2024-08-06"));
        Assert.Equal((PriceSource.Options, 3m), PriceBookFixture.Find(book, "gpt-4o-2024-08-06", provider: "azure"));
        Assert.Equal((PriceSource.Options, 4m), PriceBookFixture.Find(book, "GPT-4o-Mini"));
        Assert.Equal((PriceSource.Options, 5m), PriceBookFixture.Find(book, "gpt-4o-mini", provider: "azure"));
        Assert.Equal((PriceSource.None, null), PriceBookFixture.Find(book, "claude"));
    }

    [Fact]
    public void Find_ExactName_IsNoPrefix()
    {
        _prices.Override("gpt-4o", 1);

        Assert.Equal((PriceSource.None, null), PriceBookFixture.Find(_prices.Open(), "gpt-4o-mini"));
    }

    [Fact]
    public void Find_NameWithAStarInTheMiddle_IsThatName()
    {
        _prices.Override("gpt*mini", 1);
        var book = _prices.Open();

        Assert.Equal((PriceSource.None, null), PriceBookFixture.Find(book, "gpt-4o-mini"));
        Assert.Equal((PriceSource.Options, 1m), PriceBookFixture.Find(book, "gpt*mini"));
    }

    [Fact]
    public void Find_StarAlone_FitsEveryModelOfTheProvider()
    {
        _prices.Override("*", 1, provider: "in-house");
        var book = _prices.Open();

        Assert.Equal((PriceSource.Options, 1m), PriceBookFixture.Find(book, "anything", provider: "in-house"));
        Assert.Equal((PriceSource.None, null), PriceBookFixture.Find(book, "anything", provider: "openai"));
    }

    [Fact]
    public void Find_SamePriceTwice_TheLastOneHolds()
    {
        _prices.Override("a", 1);
        _prices.Override("A", 2);
        _prices.Override("b*", 3);
        _prices.Override("B*", 4);
        var book = _prices.Open();

        Assert.Equal((PriceSource.Options, 2m), PriceBookFixture.Find(book, "a"));
        Assert.Equal((PriceSource.Options, 4m), PriceBookFixture.Find(book, "b1"));
    }

    [Theory]
    [InlineData("azure", "azure.ai.openai")]
    [InlineData("azure.ai.openai", "azure")]
    [InlineData("azure", "azure.ai.inference")]
    [InlineData("google", "gcp.gen_ai")]
    [InlineData("gcp.vertex_ai", "gcp.gemini")]
    [InlineData("x-ai", "x_ai")]
    [InlineData("fireworks", "fireworks_ai")]
    [InlineData("aws", "aws.bedrock")]
    [InlineData("mistral", "mistral_ai")]
    [InlineData("moonshotai", "moonshot_ai")]
    [InlineData("in-house", " In-House ")]
    public void Find_OtherSpellingOfTheProvider_IsTheSame(string given, string called)
    {
        _prices.Override("m", 1, provider: given);

        Assert.Equal((PriceSource.Options, 1m), PriceBookFixture.Find(_prices.Open(), "m", provider: called));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData(null)]
    public void Find_OtherProvider_DoesNotFit(string? called)
    {
        _prices.Override("m", 1, provider: "azure");

        Assert.Equal((PriceSource.None, null), PriceBookFixture.Find(_prices.Open(), "m", provider: called));
    }

    [Fact]
    public void Find_Tiers_AreThoseOfTheOverride()
    {
        var price = _prices.Override("m", 1);
        price.Rates["output_mtok"] = 2;
        price.Tiers.Add(Tier(100_000, ("input_mtok", 3), ("output_mtok", 4)));
        price.Tiers.Add(Tier(200_000, ("input_mtok", 5)));

        var found = _prices.Open().Find(PriceBookFixture.Ask("m"), default, out _).Price!;

        Assert.Equal([new(100_000, 3), new(200_000, 5)], found.Rates["input_mtok"].Tiers);
        Assert.Equal([new(100_000, 4)], found.Rates["output_mtok"].Tiers);
    }

    private static PriceOverrideTier Tier(long start, params (string Key, decimal Rate)[] rates)
    {
        var tier = new PriceOverrideTier { Start = start };
        foreach (var (key, rate) in rates)
        {
            tier.Rates[key] = rate;
        }

        return tier;
    }
}
