using System.Text;
using System.Text.Json;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Cost.Units;

namespace AiObs.Cost.Tests.Tables;

/// <summary>What the price table does not know: each entry has a source, and what the table itself can prove is computed from it.</summary>
public sealed class PriceOverlayTests
{
    private static readonly DateTimeOffset Time = new(2026, 9, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly PriceOverlay Overlay = PriceOverlay.Default;
    private static readonly PriceRules Rules = PriceRulesReader.Read(EmbeddedPrices.ReadPrices(), EmbeddedPrices.Version);

    [Fact]
    public void Entries_OfTheOverlay_HaveASourceWithADate()
    {
        using var json = JsonDocument.Parse(EmbeddedPrices.ReadOverlay());
        var entries = ((string[])["multipliers", "regions", "derivedRates"]).SelectMany(list => json.RootElement.GetProperty(list).EnumerateArray()).ToList();

        Assert.Equal((25, 1, 1), (Overlay.Multipliers.Count, json.RootElement.GetProperty("regions").GetArrayLength(), Overlay.Rates.Count));
        Assert.All(entries, static entry =>
        {
            Assert.NotEmpty(entry.GetProperty("source").GetProperty("url").GetString()!);
            Assert.True(DateOnly.TryParseExact(entry.GetProperty("source").GetProperty("asOf").GetString(), "yyyy-MM-dd", out _));
        });
    }

    [Fact]
    public void Multipliers_OfARule_NameOneOfTheTable() => Assert.All(
        Overlay.Multipliers,
        static multiplier => Assert.Contains(
            Rules.Providers, provider => provider.Id == multiplier.Provider && (multiplier.Rule is null || Array.Exists(provider.Models, model => model.Id == multiplier.Rule))));

    [Theory]
    [InlineData("claude-opus-4-6", "anthropic/claude-opus-4.6")]
    [InlineData("claude-opus-4-7", "anthropic/claude-opus-4.7")]
    [InlineData("claude-opus-4-8", "anthropic/claude-opus-4.8")]
    [InlineData("claude-opus-5", "anthropic/claude-opus-5")]
    public void Fast_OfAModelThatARouterSells_IsWhatItsRowsSay(string rule, string sold)
    {
        var plain = PriceTable.Default.Find(new(sold, "openrouter", Time)).Price!;
        var fast = PriceTable.Default.Find(new($"{sold}-fast", "openrouter", Time)).Price!;
        var factor = Overlay.Find(PriceOverlay.Speed, "fast", "anthropic", rule, 1_000);

        Assert.Equal((plain.Model + "-fast", null), (fast.Model, fast.Caveat));
        Assert.All(plain.Rates, rate => Assert.Equal(rate.Value.Base * factor, fast.Rates[rate.Key].Base));
    }

    [Fact]
    public void DerivedRate_OfBedrock_IsThatOfTheRowsThatHaveIt()
    {
        var models = Rules.Providers.Single(static provider => provider.Id == "aws").Models.Where(static model => model.Id.Contains("anthropic", StringComparison.Ordinal)).ToList();
        var known = models.Select(static model => model.Prices.At(Time).Rates).Where(static rates => rates.ContainsKey("cache_write_1h_mtok")).ToList();

        Assert.Equal(2, known.Count);
        Assert.All(known, static rates => Assert.Equal(2 * rates["input_mtok"].Base, rates["cache_write_1h_mtok"].Base));
        Assert.All(models, static model => Assert.Equal(
            model.Prices.At(Time).Rates.TryGetValue("cache_write_1h_mtok", out var own) ? own.Base : 2 * model.Prices.At(Time).Rates["input_mtok"].Base,
            PriceTable.Default.Find(new(model.Id, "aws", Time)).Price!.Rates["cache_write_1h_mtok"].Base));
    }

    [Theory]
    [InlineData("serviceTier", "priority", "openai", "gpt-5", 1_000, 2.0)]
    [InlineData("serviceTier", "Priority", "openai", "gpt-5", 1_000, 2.0)]
    [InlineData("serviceTier", "priority", "openai", "gpt-5-pro", 1_000, null)]
    [InlineData("serviceTier", "priority", "openai", "gpt-5.4", 272_000, 2.0)]
    [InlineData("serviceTier", "priority", "openai", "gpt-5.4", 272_001, null)]
    [InlineData("serviceTier", "priority", "azure", "gpt-5", 1_000, null)]
    [InlineData("serviceTier", "priority", "anthropic", "claude-opus-5", 1_000, null)]
    [InlineData("serviceTier", "batch", "google", "gemini-2.5-pro", 1_000, 0.5)]
    [InlineData("serviceTier", "batch", "groq", "m", 1_000, null)]
    [InlineData("speed", "fast", "anthropic", "claude-opus-4-6", 1_000, 6.0)]
    [InlineData("speed", "fast", "anthropic", "claude-opus-5-5", 1_000, null)]
    [InlineData("region", "us", "anthropic", "claude-sonnet-5", 1_000, 1.1)]
    [InlineData("region", "us", "anthropic", "claude-sonnet-4-5", 1_000, null)]
    public void Find_MultiplierOfARule_HoldsForThatOneAlone(string kind, string name, string provider, string rule, int input, double? value) =>
        Assert.Equal((decimal?)value, Overlay.Find(kind, name, provider, rule, input));

    [Theory]
    [InlineData("openai", "eu", true)]
    [InlineData("openai", "US", true)]
    [InlineData("openai", "mars", false)]
    [InlineData("anthropic", "us", true)]
    [InlineData("anthropic", "global", false)]
    [InlineData("aws", "us-east-1", false)]
    public void ListsRegion_OfAProvider_IsOneWithPricesOfItsOwn(string provider, string region, bool isListed) =>
        Assert.Equal(isListed, Overlay.ListsRegion(provider, region));

    [Fact]
    public void Read_FormatOfALaterVersion_IsRefused() => Assert.Contains(
        "the format 2",
        Assert.Throws<InvalidDataException>(static () => PriceOverlayReader.Read(Encoding.UTF8.GetBytes("""{ "format": 2 }"""))).Message,
        StringComparison.Ordinal);
}
