using System.Text;
using AiObs.Cost.Tables;

namespace AiObs.Cost.Tests.Tables;

public sealed class PriceRulesTests
{
    private const string Providers = """
        [
        {"id":"alpha","name":"Alpha","api_pattern":"https://api\\.alpha\\.com","provider_match":{"contains":"alph"},"model_match":{"starts_with":"A-"},"pricing_urls":["x"],"models":[
        {"id":"a-one","match":{"or":[{"equals":"A-One"},{"starts_with":"a-one-2024-"}]},"prices":{"input_mtok":1}},
        {"id":"a-any","match":{"and":[{"starts_with":"a-"},{"ends_with":"-x"},{"contains":"mid"}]},"prices":{"input_mtok":2}},
        {"id":"a-one-again","match":{"equals":"a-one"},"prices":{"input_mtok":3}},
        {"id":"a-pattern","match":{"regex":"^a-\\d{2}$"},"prices":{"input_mtok":4}}]},
        {"id":"beta","api_pattern":"https://([^.]*\\.)?beta\\.com(?:/|$)","fallback_model_providers":["gone","alpha"],"models":[
        {"id":"b-one","match":{"equals":"b-one"},"prices":{"input_mtok":5}}]},
        {"id":"alphabet","api_pattern":"https://api\\.","model_match":{"starts_with":"a"},"models":[]}
        ]
        """;

    private readonly PriceRules _rules = PriceRulesReader.Read(Encoding.UTF8.GetBytes(Providers), "test 1");

    [Theory]
    [InlineData("alpha", "alpha")]
    [InlineData(" ALPHA ", "alpha")]
    [InlineData("alphabet", "alphabet")]
    [InlineData("my.alph.name", "alpha")]
    [InlineData("gamma", null)]
    public void FindProvider_Name_ExactIdWinsOverTheFirstThatMatches(string name, string? found) =>
        Assert.Equal(found, _rules.FindProvider("a-one", name, "https://beta.com")?.Id);

    [Theory]
    [InlineData("https://api.alpha.com/v1", "alpha")]
    [InlineData("https://eu.beta.com", "beta")]
    [InlineData("https://api.gamma.com", "alphabet")]
    [InlineData("https://beta.community", null)]
    [InlineData("https://proxy/?to=https://api.alpha.com", null)]
    public void FindProvider_AddressAlone_MustBeginWithThePattern(string address, string? found) =>
        Assert.Equal(found, _rules.FindProvider("a-one", null, address)?.Id);

    [Theory]
    [InlineData("a-one", "alpha")]
    [InlineData("A-ONE", "alpha")]
    [InlineData("axy", "alphabet")]
    [InlineData("b-one", null)]
    public void FindProvider_ModelAlone_IsTheFirstThatSellsSuchModels(string model, string? found) =>
        Assert.Equal(found, _rules.FindProvider(model, null, null)?.Id);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void FindProvider_BlankName_IsTakenForNone(string name) =>
        Assert.Equal("alpha", _rules.FindProvider("a-one", name, null)?.Id);

    [Theory]
    [InlineData("a-one", "a-one")]
    [InlineData(" A-ONE ", "a-one")]
    [InlineData("a-one-2024-08-06", "a-one")]
    [InlineData("a-one-20240806", "a-one")]
    [InlineData("a-mid-x", "a-any")]
    [InlineData("a-42", "a-pattern")]
    [InlineData("a-mid-y", null)]
    public void Find_Model_IsTheFirstWhoseConditionHolds(string model, string? found) =>
        Assert.Equal(found, RuleOf(_rules.Find(model, "alpha", null).Prices));

    [Fact]
    public void Find_ModelOfAnotherProvider_IsSoldInTheNameOfTheOneAskedFor()
    {
        var (provider, prices) = _rules.Find("a-one-20240806", "beta", null);

        var price = prices!.At(default);
        Assert.Equal(("beta", "beta", "a-one", "test 1"), (provider!.Id, price.Provider, price.Model, price.DataVersion));
    }

    [Fact]
    public void Find_UnknownModel_StillTellsTheProvider()
    {
        var (provider, prices) = _rules.Find("nothing", "beta", null);

        Assert.Equal("beta", provider?.Id);
        Assert.Null(prices);
    }

    [Theory]
    [InlineData("litellm", "alpha/a-one", "alpha", "a-one")]
    [InlineData("LiteLLM", "Beta/A-One", "beta", "a-one")]
    [InlineData("litellm", "a-one", "alpha", "a-one")]
    [InlineData("litellm", "gamma/a-one", null, null)]
    [InlineData("litellm", "/a-one", null, null)]
    [InlineData("litellm", "alpha/", "alphabet", null)]
    [InlineData("alpha", "alpha/a-one", "alpha", "a-one")]
    public void Find_Proxy_TakesTheVendorFromTheModel(string name, string model, string? provider, string? rule)
    {
        var found = _rules.Find(model, name, null);

        Assert.Equal((provider, rule), (found.Provider?.Id, RuleOf(found.Prices)));
    }

    [Fact]
    public void Find_ProxyWithAnAddress_GoesByTheAddress() =>
        Assert.Equal("beta", _rules.Find("b-one", "litellm", "https://beta.com/v1").Provider?.Id);

    private static string? RuleOf(PriceSchedule? prices) => prices?.At(default).Model;
}
