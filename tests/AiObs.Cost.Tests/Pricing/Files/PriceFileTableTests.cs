using AiObs.Cost.Pricing;
using AiObs.Cost.Tests.Refresh;
using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing.Files;

/// <summary>A price file that is a whole table, in the format in which genai-prices publishes it.</summary>
public sealed class PriceFileTableTests : IDisposable
{
    private readonly PriceBookFixture _prices = new();
    private readonly PriceFileFixture _file = new("");

    public PriceFileTableTests()
    {
        _file.Write(TestTables.WithNewModel);
        _prices.Options.PriceFile = _file.Name;
    }

    public void Dispose()
    {
        _prices.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void Find_FileIsATable_ItIsAskedInThePlaceOfTheTable()
    {
        var book = _prices.Open(new StubPricing(("gpt-5", 7)));

        Assert.Empty(_file.Validate());
        Assert.Equal((PriceSource.File, 0.1m), PriceBookFixture.Find(book, "claude-haiku-5-5", provider: "anthropic"));
        Assert.Equal((PriceSource.File, 2.5m), PriceBookFixture.Find(book, "gpt-4o"));
        Assert.Equal((PriceSource.Custom, 7m), PriceBookFixture.Find(book, "gpt-5"));
        Assert.Equal(PublishedPrices.Read(TestTables.WithNewModel).Rules.Version, book.Find(PriceBookFixture.Ask("gpt-4o"), default, out _).Price!.DataVersion);
        Assert.Empty(_prices.Table.Requests);
    }

    [Fact]
    public void Find_FileBecomesAnotherTable_LaterCallsArePricedByItAndThoseThatRunAreNot()
    {
        var book = _prices.Open();
        var running = new PriceTerms(null, null, null, Table: book.Table);
        _file.Write(TestTables.WithPrice("""{ "input_mtok": 5 }"""));
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((PriceSource.File, 5m), PriceBookFixture.Find(book, "gpt-4o"));
        Assert.Equal(2.5m, book.Find(PriceBookFixture.Ask("gpt-4o"), running, out _).Price!.Rates["input_mtok"].Base);
    }

    [Fact]
    public void Find_FileBecomesOverrides_TheTableOfTheRootIsAskedAgain()
    {
        var book = _prices.Open();
        _file.Write(PriceFileFixture.Price("m", 1));
        _prices.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((PriceSource.File, 1m), PriceBookFixture.Find(book, "m"));
        Assert.Equal((PriceSource.Table, 10m), PriceBookFixture.Find(book, "gpt-4o"));
    }

    [Fact]
    public void Find_TableBroken_TheOldOneStaysWithOneWarning()
    {
        var book = _prices.Open();
        _file.Write(TestTables.WithPrice("""{ "input_mtok": -1 }"""));
        _prices.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((PriceSource.File, 2.5m), PriceBookFixture.Find(book, "gpt-4o"));
        Assert.Equal(["price_file"], _prices.FaultyParts);
        Assert.Contains(
            $"PriceFile '{_file.Name}' is a price table that cannot be used: The rate \"input_mtok\" of model \"gpt-4o\" of provider \"openai\" is -1; a rate must not be negative. Take another version of it.",
            Assert.Single(_prices.Logs.GetSnapshot()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Find_TableOfFewModels_IsTakenAsItIs()
    {
        _file.Write("""[{ "id": "openai", "models": [{ "id": "own", "match": { "equals": "own" }, "prices": { "input_mtok": 3 } }] }]""");

        Assert.Equal((PriceSource.File, 3m), PriceBookFixture.Find(_prices.Open(), "own"));
    }
}
