using System.Collections.Concurrent;
using System.Text;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Cost.Tests.Pricing;

public sealed class PriceTableTests
{
    private static readonly DateTimeOffset Time = new(2026, 9, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly PriceTable _table = PriceTable.Default;

    [Fact]
    public void Find_KnownModel_NamesRuleAndVersionOfTheData()
    {
        var price = _table.Find(new("gpt-4o-2024-08-06", "openai", Time)).Price;

        Assert.NotNull(price);
        Assert.Equal(("openai", "gpt-4o", "genai-prices 0.1.8"), (price.Provider, price.Model, price.DataVersion));
        Assert.Equal(2.5m, price.Rates["input_mtok"].Base);
    }

    [Theory]
    [InlineData("gpt-4o-2024-08-06", "openai", 128_000)]
    [InlineData("gpt-5.2", null, 400_000)]
    [InlineData("anthropic/claude-sonnet-4-5", "litellm", 200_000)]
    [InlineData("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "aws.bedrock", 200_000)]
    [InlineData("gemini-2.5-pro", "google", null)]
    [InlineData("nosuch", "openai", null)]
    [InlineData("gpt-4o", "nosuch", null)]
    public void FindContextWindow_NameOfAModel_ReturnsWhatTheDataSays(string model, string? provider, int? expected) =>
        Assert.Equal(expected, _table.FindContextWindow(model, provider));

    [Fact]
    public void FindContextWindow_TableUnderTheOverlay_KeepsTheNumbers() =>
        Assert.Equal(_table.FindContextWindow("sonar", "perplexity"), _table.Under(PriceOverlay.Default).FindContextWindow("sonar", "perplexity"));

    [Fact]
    public void FindContextWindow_AllModelsOfTheData_KnowsAsManyAsItHas() =>
        Assert.Equal(906, _table.Rules.Providers.Sum(static provider => provider.Models.Count(static model => model.ContextWindow > 0)));

    [Theory]
    [InlineData("gpt-4o", "nosuch", true)]
    [InlineData("nosuch", "openai", false)]
    [InlineData("nosuch", null, true)]
    [InlineData("", null, true)]
    public void Find_UnknownName_SaysWhichOne(string model, string? provider, bool isProvider)
    {
        var lookup = _table.Find(new(model, provider, Time));

        Assert.Equal(isProvider ? PriceLookup.UnknownProvider : PriceLookup.UnknownModel, lookup);
        Assert.Null(lookup.Price);
    }

    [Fact]
    public void Find_ResoldModel_KeepsTheProviderThatWasAskedFor() =>
        Assert.Equal("azure", _table.Find(new("claude-sonnet-4-5", "azure", Time)).Price?.Provider);

    [Fact]
    public void Find_AddressAlone_TellsTheProvider()
    {
        var request = new PriceRequest("gpt-4o", null, Time) { ApiUrl = "https://mine.openai.azure.com/openai/deployments/x" };

        Assert.Equal("azure", _table.Find(request).Price?.Provider);
    }

    [Fact]
    public void Find_PriceThatChangesByTheHour_FollowsTheTimeOfEachCall()
    {
        var day = _table.Find(new("deepseek-chat", "deepseek", Time)).Price;
        var night = _table.Find(new("deepseek-chat", "deepseek", Time.AddHours(6))).Price;

        Assert.Equal((0.27m, 0.135m), (day!.Rates["input_mtok"].Base, night!.Rates["input_mtok"].Base));
        Assert.Same(day, _table.Find(new("deepseek-chat", "deepseek", Time)).Price);
    }

    [Theory]
    [InlineData("gpt-4o", "openai", null)]
    [InlineData("claude-sonnet-4-5", "azure", null)]
    [InlineData("deepseek-chat", "deepseek", null)]
    [InlineData("nosuch", "nosuch", null)]
    [InlineData("gpt-4o", null, "https://api.openai.com/v1")]
    public void Find_SameAgain_AllocatesNothing(string model, string? provider, string? address)
    {
        var request = new PriceRequest(model, provider, Time) { ApiUrl = address };

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => _table.Find(request)));
    }

    [Fact]
    public void Find_NameLongerThanAnyModel_IsNotKept()
    {
        var request = new PriceRequest(new string('m', 300), "openai", Time);

        Assert.True(AllocationMeter.BytesPerRun(() => _table.Find(request), runs: 10) > 0);
        Assert.Equal(PriceLookup.UnknownModel, _table.Find(request));
    }

    [Fact]
    public void Find_ManyThreads_AllGetTheSamePrices()
    {
        var models = new[] { "gpt-4o", "gpt-5", "gpt-4.1", "o3" };
        var found = new ConcurrentBag<ModelPrice?>();

        Parallel.For(0, 4_000, number => found.Add(_table.Find(new(models[number % models.Length], "OpenAI", Time)).Price));

        Assert.Equal(models.Order(), found.Distinct().Select(static price => price!.Model).Order());
    }

    [Fact]
    public void Find_FreeModel_HasAPriceWithoutRates()
    {
        var rules = PriceRulesReader.Read(Encoding.UTF8.GetBytes("""[{"id":"p","models":[{"id":"m","match":{"equals":"m"},"prices":{}}]}]"""), "test 1");

        var lookup = new PriceTable(rules, static provider => provider).Find(new("m", "p", Time));

        Assert.Empty(lookup.Price!.Rates);
    }

    [Fact]
    public void Find_ArbitraryTexts_NeverThrows()
    {
        Prop.ForAll<string, string, string>((model, provider, address) =>
        {
            var request = new PriceRequest(model ?? string.Empty, provider, Time) { ApiUrl = address };
            var lookup = _table.Find(request);

            _table.FindSimilar(request, 3);
            return lookup.Price is null == (lookup == PriceLookup.UnknownModel || lookup == PriceLookup.UnknownProvider);
        }).Check(Fuzz.Config());
    }

    [Theory]
    [InlineData("gpt4o-mini", "openai", "gpt-4o-mini")]
    [InlineData("claude-sonet-4-5", "azure", "claude-sonnet-4-5")]
    [InlineData("gemini-2.5-flsh", null, "gemini-2.5-flash")]
    [InlineData("gemini-2.5-flash", "openai", "google/gemini-2.5-flash")]
    public void FindSimilar_MisspeltModel_NamesTheOneThatWasMeantFirst(string model, string? provider, string similar) =>
        Assert.Equal(similar, _table.FindSimilar(new(model, provider, Time), 3)[0]);

    [Fact]
    public void FindSimilar_Count_IsTheMost() =>
        Assert.Equal(2, _table.FindSimilar(new("gpt-4o-x", "openai", Time), 2).Count);

    [Fact]
    public void FindSimilar_ModelOfAnotherProvider_NamesThatOneToo() =>
        Assert.Equal(
            ["anthropic/claude-sonnet-4-5", "google/claude-sonnet-4-5"], _table.FindSimilar(new("claude-sonnet-4-5", "openai", Time), 2));
}
