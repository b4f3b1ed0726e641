using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

/// <summary>Which source answers.</summary>
public sealed class PriceOrderTests : IDisposable
{
    private readonly PriceBookFixture _prices = new() { Table = new(("gpt-4o", 1), ("gpt-4o-2024-08-06", 2)) };

    public void Dispose() => _prices.Dispose();

    [Theory]
    [InlineData(5, PriceSource.Call)]
    [InlineData(4, PriceSource.Options)]
    [InlineData(3, PriceSource.File)]
    [InlineData(2, PriceSource.Custom)]
    [InlineData(1, PriceSource.Table)]
    public void Find_SeveralKnowTheModel_TheMostSpecificAnswers(int sources, PriceSource expected)
    {
        using var file = new PriceFileFixture(PriceFileFixture.Price("gpt-4o", 3));
        _prices.Options.PriceFile = sources >= 3 ? file.Name : null;
        if (sources >= 4)
        {
            _prices.Override("gpt-4o", 4);
        }

        var book = sources >= 2 ? _prices.Open(new StubPricing(("gpt-4o", 2))) : _prices.Open();

        var found = PriceBookFixture.Find(book, "gpt-4o", own: sources >= 5 ? new StubPricing(("gpt-4o", 5)) : null);

        Assert.Equal((expected, (decimal)sources), found);
    }

    [Fact]
    public void Find_EverySourceMisses_NobodyAnswers()
    {
        using var file = new PriceFileFixture(PriceFileFixture.Price("other", 3));
        _prices.Options.PriceFile = file.Name;
        _prices.Override("another", 4);
        var book = _prices.Open(new StubPricing());

        Assert.Equal((PriceSource.None, null), PriceBookFixture.Find(book, "unheard-of", own: new StubPricing()));
    }

    [Fact]
    public void Find_SourcesOfOptionsAndContainer_AreAskedInThatOrder()
    {
        _prices.Options.AddProvider(new StubPricing(("a", 1)));
        _prices.Options.AddProvider(new StubPricing(("a", 2), ("b", 2)));
        var book = _prices.Open(new StubPricing(("a", 3), ("b", 3), ("c", 3)));

        Assert.Equal(
            [(PriceSource.Custom, 1m), (PriceSource.Custom, 2m), (PriceSource.Custom, 3m)],
            new[] { "a", "b", "c" }.Select(model => PriceBookFixture.Find(book, model)));
    }

    [Fact]
    public void Find_TwoModels_TheOneThatAnsweredGoesFirst()
    {
        var found = PriceBookFixture.Find(_prices.Open(), "gpt-4o-2024-08-06", requested: "gpt-4o");

        Assert.Equal((PriceSource.Table, 2m), found);
    }

    [Fact]
    public void Find_ResponseModelUnknown_TheRequestedOneStandsIn()
    {
        var found = PriceBookFixture.Find(_prices.Open(), "gpt-4o-2031-01-01", requested: "gpt-4o");

        Assert.Equal((PriceSource.Table, 1m), found);
    }

    [Fact]
    public void Find_OptionsPriceOnlyTheRequestedModel_TheyBeatTheTable()
    {
        _prices.Override("gpt-4o", 4);

        var found = PriceBookFixture.Find(_prices.Open(), "gpt-4o-2024-08-06", requested: "gpt-4o");

        Assert.Equal((PriceSource.Options, 4m), found);
    }

    [Fact]
    public void Find_AzureDeploymentWithoutAlias_ThePriceIsThatOfTheResponseModel()
    {
        var found = PriceBookFixture.Find(_prices.Open(), "gpt-4o-2024-08-06", requested: "my-deployment", provider: "azure.ai.openai");

        Assert.Equal((PriceSource.Table, 2m), found);
        Assert.Equal("azure", _prices.Table.Requests[0].Provider);
    }
}
