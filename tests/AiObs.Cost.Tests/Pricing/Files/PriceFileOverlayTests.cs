using AiObs.Cost.Pricing;
using AiObs.Cost.Tables;
using AiObs.Cost.Usage;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing.Files;

/// <summary>What the package knows of tiers, speeds and regions is replaceable: entry by entry by multipliers of the application, and as a whole by a price file.</summary>
public sealed class PriceFileOverlayTests : IDisposable
{
    private const string Bedrock = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

    private static readonly CallUsage Usage = new(new UsageQuantities([new("input_tokens", 100_000), new("output_tokens", 0)]), false, null);

    private readonly PriceBookFixture _prices = new();
    private readonly List<PriceFileFixture> _files = [];

    /// <summary>Gets each entry of the package: its kind, name, provider, a model that it holds for, and its value.</summary>
    public static TheoryData<string, string, string, string, decimal> Entries => [.. PriceOverlay.Default.Multipliers.Select(static entry =>
        (entry.Kind, entry.Name, entry.Provider, entry.Rule ?? PriceTable.Default.Rules.Providers.Single(provider => provider.Id == entry.Provider).Models[0].Id, entry.Value))];

    public void Dispose()
    {
        _prices.Dispose();
        _files.ForEach(static file => file.Dispose());
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Price_MultiplierOfTheApplicationsOwn_GoesBeforeThatOfThePackage(string kind, string name, string provider, string model, decimal value)
    {
        var package = FactorOf(OpenReal(), kind, name, provider, model);
        var options = kind == PriceOverlay.Region ? _prices.Options.RegionMultipliers : _prices.Options.ServiceTierMultipliers;
        options[$"{provider}/{model}/{name}"] = 7;
        var byOptions = FactorOf(OpenReal(), kind, name, provider, model);
        options.Clear();
        Write($$"""{ "{{(kind == PriceOverlay.Region ? "region" : "serviceTier")}}Multipliers": { "{{provider}}/{{model}}/{{name}}": 9 } }""");
        var byFile = FactorOf(OpenReal(), kind, name, provider, model);

        Assert.Equal((value, 7m, 9m), (package, byOptions, byFile));
    }

    [Fact]
    public void Price_FileHasAnOverlay_NothingOfThePackagesIsLeft()
    {
        Write(
            """
            { "overlay": { "format": 1,
                "multipliers": [ { "kind": "serviceTier", "name": "batch", "provider": "openai", "rule": "gpt-5", "value": 0.25, "maxInputTokens": 200000, "source": { "url": "https://corp.example/contract" } },
                                 { "kind": "region", "name": "mars", "provider": "openai", "value": 3 } ],
                "regions": [ { "provider": "openai", "names": [ "venus" ] } ],
                "derivedRates": [ { "provider": "aws", "family": "anthropic", "rate": "cache_write_1h_mtok", "of": "input_mtok", "factor": 4 } ] } }
            """);
        var book = OpenReal();

        Assert.Equal(0.25m, FactorOf(book, PriceOverlay.ServiceTier, "batch", "openai", "gpt-5"));
        Assert.Equal(3m, FactorOf(book, PriceOverlay.Region, "mars", "openai", "gpt-4o"));
        foreach (var (kind, name, model) in new[] { ("serviceTier", "flex", "gpt-5"), ("serviceTier", "batch", "gpt-4o"), ("region", "venus", "gpt-5") })
        {
            Assert.Equal(CostCompleteness.Partial, Price(book, kind, name, "openai", model).Completeness);
        }

        Assert.Equal(CostCompleteness.Exact, Price(book, "region", "eu", "openai", "gpt-5").Completeness);
        Assert.Equal(12m, book.Find(PriceBookFixture.Ask(Bedrock, "aws"), default, out _).Price!.Rates["cache_write_1h_mtok"].Base);
    }

    [Fact]
    public void Price_FileGetsAndLosesAnOverlay_LaterCallsArePricedByWhatItHas()
    {
        var file = Write("""{ "overlay": { "format": 1, "multipliers": [], "regions": [], "derivedRates": [] } }""");
        var book = OpenReal();
        var running = new PriceTerms(null, null, null, Table: book.Table);
        Assert.Same(running.Table, book.Table);
        Assert.Equal((null, false), (FactorOf(book, PriceOverlay.ServiceTier, "batch", "openai", "gpt-5"), HasHourRate(book, default)));

        file.Write("{}");
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((0.5m, true), (FactorOf(book, PriceOverlay.ServiceTier, "batch", "openai", "gpt-5"), HasHourRate(book, default)));
        Assert.False(HasHourRate(book, running));
    }

    [Theory]
    [InlineData("[]", "A member of the overlay is missing, or is of another kind.")]
    [InlineData("""{ "format": 2 }""", "The overlay has the format 2; this version reads 1.")]
    [InlineData("""{ "format": 1, "multipliers": [], "regions": [] }""", "A member of the overlay is missing, or is of another kind.")]
    [InlineData("""{ "format": 1, "multipliers": [ { "kind": "colour", "name": "a", "provider": "b", "value": 1 } ], "regions": [], "derivedRates": [] }""", "The kind 'colour' of the overlay is not known. Known are serviceTier, speed and region.")]
    [InlineData("""{ "format": 1, "multipliers": [ { "kind": "speed", "name": "a", "provider": "b", "value": -1 } ], "regions": [], "derivedRates": [] }""", "A value of the overlay is -1. Give a multiplier from 0 to 1,000,000.")]
    [InlineData("""{ "format": 1, "multipliers": [ { "kind": "speed", "name": "", "provider": "b", "value": 1 } ], "regions": [], "derivedRates": [] }""", "A name of the overlay is empty.")]
    [InlineData("""{ "format": 1, "multipliers": [], "regions": [], "derivedRates": [ { "provider": "b", "family": "c", "rate": "d", "of": "e", "factor": 2000000 } ] }""", "A factor of the overlay is 2000000. Give a multiplier from 0 to 1,000,000.")]
    public void Validate_OverlayThatCannotBeUsed_IsRefusedWithTheReason(string overlay, string reason)
    {
        var file = Write($$"""{ "overlay": {{overlay}} }""");

        Assert.Equal(
            [$"AgentObservability:Costs:Pricing:PriceFile '{file.Name}': $.overlay cannot be used: {reason} Give the shape of aiobs-overlay.json."], file.Validate());
    }

    private PriceFileFixture Write(string content)
    {
        _files.Add(new(content));
        _prices.Options.PriceFile = _files[^1].Name;
        return _files[^1];
    }

    private PriceBook OpenReal() => _prices.Open(new CurrentTable());

    private static bool HasHourRate(PriceBook book, PriceTerms terms) =>
        book.Find(PriceBookFixture.Ask(Bedrock, "aws"), terms, out _).Price!.Rates.ContainsKey("cache_write_1h_mtok");

    private static decimal? FactorOf(PriceBook book, string kind, string name, string provider, string model) =>
        Price(book, kind, name, provider, model).Factors is [{ Value: var value }] ? value : null;

    private static CostReceipt Price(PriceBook book, string kind, string name, string provider, string model) => book.Price(
        PriceBookFixture.Ask(model, provider),
        Usage,
        new(null, kind == PriceOverlay.ServiceTier ? name : null, kind == PriceOverlay.Region ? name : null, kind == PriceOverlay.Speed ? name : null));
}
