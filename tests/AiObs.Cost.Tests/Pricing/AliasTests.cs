using AiObs.Operations;

namespace AiObs.Cost.Tests.Pricing;

public sealed class AliasTests : IDisposable
{
    private readonly PriceBookFixture _prices = new() { Table = new(("gpt-4o", 1), ("gpt-4o-mini", 2), ("org/model", 3)) };

    public void Dispose() => _prices.Dispose();

    [Theory]
    [InlineData("prod-chat")]
    [InlineData("PROD-Chat")]
    public void Find_AliasOfTheRequestedDeployment_BeatsTheResponseModel(string deployment)
    {
        _prices.Options.Aliases["prod-chat"] = "azure/gpt-4o-mini";

        var found = PriceBookFixture.Find(_prices.Open(), "gpt-4o", requested: deployment, provider: "openai");

        Assert.Equal((PriceSource.Table, 2m), found);
        Assert.Equal(("azure", "gpt-4o-mini"), (_prices.Table.Requests[0].Provider, _prices.Table.Requests[0].Model));
    }

    [Fact]
    public void Find_AliasOfTheResponseModel_Counts()
    {
        _prices.Options.Aliases["prod-chat"] = "azure/gpt-4o-mini";

        Assert.Equal((PriceSource.Table, 2m), PriceBookFixture.Find(_prices.Open(), "prod-chat"));
    }

    [Fact]
    public void Find_TargetWithSlashes_OnlyTheFirstEndsTheProvider()
    {
        _prices.Options.Aliases["mine"] = "openrouter/org/model";

        Assert.Equal((PriceSource.Table, 3m), PriceBookFixture.Find(_prices.Open(), "mine"));
        Assert.Equal("openrouter", _prices.Table.Requests[0].Provider);
    }

    [Fact]
    public void Find_DeploymentNamedAsItsModel_IsNoCircle()
    {
        _prices.Options.Aliases["gpt-4o"] = "azure/gpt-4o";

        Assert.Equal((PriceSource.Table, 1m), PriceBookFixture.Find(_prices.Open(), "gpt-4o"));
    }

    [Fact]
    public void Find_SwappedNames_EachLeadsToItsTarget()
    {
        _prices.Options.Aliases["gpt-4o"] = "azure/gpt-4o-mini";
        _prices.Options.Aliases["gpt-4o-mini"] = "azure/gpt-4o";
        var book = _prices.Open();

        Assert.Equal((PriceSource.Table, 2m), PriceBookFixture.Find(book, "gpt-4o"));
        Assert.Equal((PriceSource.Table, 1m), PriceBookFixture.Find(book, "gpt-4o-mini"));
    }

    [Fact]
    public void Find_TargetHasAPriceInTheOptions_ThatPriceHolds()
    {
        _prices.Options.Aliases["mine"] = "azure/contract";
        _prices.Override("contract", 7, provider: "azure.ai.openai");

        Assert.Equal((PriceSource.Options, 7m), PriceBookFixture.Find(_prices.Open(), "mine"));
    }

    [Fact]
    public void Find_NobodyKnowsTheTarget_TheNamesOfTheCallAreTried()
    {
        _prices.Options.Aliases["mine"] = "azure/unheard-of";

        Assert.Equal((PriceSource.Table, 1m), PriceBookFixture.Find(_prices.Open(), "gpt-4o", requested: "mine"));
    }

    [Fact]
    public void Find_OwnSourceKnowsTheDeployment_ItBeatsTheAlias()
    {
        _prices.Options.Aliases["mine"] = "azure/gpt-4o";

        var found = PriceBookFixture.Find(_prices.Open(), "gpt-4o-2024", requested: "mine", own: new StubPricing(("mine", 9)));

        Assert.Equal((PriceSource.Call, 9m), found);
    }

    [Fact]
    public void Find_OptionsAndFileNameTheSameDeployment_TheOptionsCount()
    {
        using var file = new PriceFileFixture("""{ "aliases": { "mine": "azure/gpt-4o-mini", "theirs": "azure/gpt-4o-mini" } }""");
        _prices.Options.PriceFile = file.Name;
        _prices.Options.Aliases["mine"] = "azure/gpt-4o";
        var book = _prices.Open();

        Assert.Equal((PriceSource.Table, 1m), PriceBookFixture.Find(book, "mine"));
        Assert.Equal((PriceSource.Table, 2m), PriceBookFixture.Find(book, "theirs"));
    }
}
