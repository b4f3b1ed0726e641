using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Tests;

/// <summary>What calls cost by where they go.</summary>
public sealed class HostPricingTests
{
    private const string Local = "http://localhost:1234/v1";

    [Theory]
    [InlineData("openai", "https://openrouter.ai/api/v1", "anthropic/claude-sonnet-4.5", "openrouter", 0.0045)]
    [InlineData("openai", "https://my-res.openai.azure.com", "gpt-4o", "azure.ai.openai", 0.0035)]
    [InlineData("openai", "https://generativelanguage.googleapis.com/v1beta/openai/", "models/gemini-2.5-pro", "gcp.gemini", 0.00225)]
    [InlineData("ibm.watsonx.ai", "https://api.openai.com/v1", "gpt-4o", "openai", 0.0035)]
    public async Task Call_OfAHostThatIsKnown_IsPricedByThatProvider(string name, string address, string model, string provider, double total)
    {
        using var calls = new PricedCalls();

        var record = await calls.MakeAsync(name, address, model, PricedCalls.Usage(1_000, 100, 1_100));

        Assert.Equal(((decimal)total, CostCompleteness.Exact, provider), (record.Total, record.Completeness, record.Provider));
    }

    [Theory]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 0.0198)]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", 0.018)]
    public async Task Call_OfBedrockUnderAnthropicsName_IsPricedByTheModelThatWasAskedFor(string model, double total)
    {
        using var calls = new PricedCalls();
        var response = new ChatResponse { ModelId = "claude-sonnet-4-5-20250929", Usage = PricedCalls.Usage(1_000, 1_000, 2_000) };

        var record = await calls.MakeAsync("anthropic", "https://bedrock-runtime.us-east-1.amazonaws.com", model, response);

        Assert.Equal(((decimal)total, CostCompleteness.Exact, "aws.bedrock"), (record.Total, record.Completeness, record.Provider));
    }

    [Fact]
    public async Task Call_OfAnUnknownHost_IsUnpricedAndTheLogSaysWhatToDo()
    {
        using var calls = new PricedCalls();

        var record = await calls.MakeAsync("openai", "https://gw.corp.example/v1", "gpt-4o", PricedCalls.Usage(1_000, 100));

        Assert.Equal((null, CostCompleteness.Unpriced), (record.Total, record.Completeness));
        var log = Assert.Single(calls.Costs.Logs.GetSnapshot(), static log => log.Level == LogLevel.Warning);
        Assert.Contains("name it in AgentObservability:Costs:Pricing:Hosts", log.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfALocalServer_CostsWhatTheOptionsSay()
    {
        Assert.Equal((null, CostCompleteness.Unpriced, PriceSource.None), await PriceAsync(static _ => { }));
        Assert.Equal((0m, CostCompleteness.Exact, PriceSource.Options), await PriceAsync(static o => o.LocalCalls = LocalCallPricing.Free));
        Assert.Equal((0.0035m, CostCompleteness.Exact, PriceSource.Table), await PriceAsync(static o => o.LocalCalls = LocalCallPricing.LikeProvider));
        Assert.Equal((0.0035m, CostCompleteness.Exact, PriceSource.Table), await PriceAsync(static o => o.Hosts["localhost:1234"] = "openai"));
        Assert.Equal((0.0035m, CostCompleteness.Exact, PriceSource.Table), await PriceAsync(static o => o.Provider = "azure"));
        Assert.Equal((0.0035m, CostCompleteness.Exact, PriceSource.Table), await PriceAsync(static o => o.Hosts["localhost"] = "litellm", "openai/gpt-4o"));
        Assert.Equal((0m, CostCompleteness.Exact, PriceSource.Options), await PriceAsync(static o => o.Hosts["localhost"] = "free"));
        Assert.Equal((0.0035m, CostCompleteness.Exact, PriceSource.Table), await PriceAsync(static o => o.Aliases["mine"] = "openai/gpt-4o", "mine"));
    }

    [Fact]
    public async Task Calls_OfTwoClientsOfOneHost_ArePricedByTheProviderOfEach()
    {
        using var costs = new CostFixture(static o => o.Pricing.Hosts["other.corp.example"] = "free");
        foreach (var (provider, model) in new[] { ("azure", "gpt-4o"), ("anthropic", "claude-sonnet-4-5"), ("free", "gpt-4o"), (null, "gpt-4o") })
        {
            var stub = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Dry.")) { Usage = PricedCalls.Usage(1_000, 100, 1_100) });
            stub.Metadata = new("openai", new Uri("https://gw.corp.example/v1"), model);
            using var client = provider is null ? stub.UseAgentObservability(costs.Root) : stub.UseCostTracking(costs.Root, o => o.Pricing.Provider = provider);

            await client.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            [("azure", 0.0035m), ("anthropic", 0.0045m), ("openai", 0m), ("openai", (decimal?)null)],
            costs.Records.Select(static record => (record.Provider, record.Total)));
    }

    [Fact]
    public async Task Call_OfAFreeServerWithAPriceOfTheApplications_TakesThePrice()
    {
        var priced = await PriceAsync(static o =>
        {
            o.LocalCalls = LocalCallPricing.Free;
            o.Prices.Add(new() { Model = "gpt-4o", Rates = { ["input_mtok"] = 1, ["output_mtok"] = 1 } });
        });

        Assert.Equal((0.0011m, CostCompleteness.Exact, PriceSource.Options), priced);
    }

    [Fact]
    public async Task Call_OfAProviderThatIsDeclaredFree_CostsNothingWhateverTheModel()
    {
        using var calls = new PricedCalls(static o =>
            o.Pricing.Prices.Add(new() { Provider = "ibm.watsonx.ai", Model = "*", Rates = { ["input_mtok"] = 0, ["output_mtok"] = 0 } }));

        var free = await calls.MakeAsync("ibm.watsonx.ai", "https://eu.ml.cloud.ibm.com", "granite-9", PricedCalls.Usage(1_000, 100, 1_100, cached: 50));

        Assert.Equal((0m, CostCompleteness.Exact), (free.Total, free.Completeness));
    }

    [Fact]
    public async Task Reprice_CallOfAnUnknownHost_StaysUnpricedUnlessTheScenarioSaysWhoseItIs()
    {
        using var calls = new PricedCalls();
        foreach (var address in new[] { Local, "https://gw.corp.example/v1", null })
        {
            var record = await calls.MakeAsync(address is null ? null : "openai", address, "gpt-4o", PricedCalls.Usage(1_000, 100, 1_100));

            Assert.Null(CostRepricing.Reprice(record, new CostScenario()));
            Assert.Null(CostRepricing.Reprice(record, new CostScenario { Prices = calls.Costs.Root.Costs!.Pricing }));
            Assert.Equal(0.0035m, CostRepricing.Reprice(record, new CostScenario { Provider = "openai" })?.Total);
        }
    }

    private static async Task<(decimal? Total, CostCompleteness Completeness, PriceSource Source)> PriceAsync(Action<PricingOptions> configure, string model = "gpt-4o")
    {
        using var calls = new PricedCalls(o => configure(o.Pricing));
        var record = await calls.MakeAsync("openai", Local, model, PricedCalls.Usage(1_000, 100, 1_100));

        return (record.Total, record.Completeness, record.Source);
    }
}
