using System.Reflection;
using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Operations;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Every option takes effect. Those of prices, budgets, reservations and burn rates have tests of their own; here it is only shown that they arrive.</summary>
public sealed class CostTrackingOptionsTests
{
    private static readonly ChatResponse Answer = new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        Usage = new() { InputTokenCount = 100, OutputTokenCount = 10 },
    };

    [Fact]
    public async Task MapUsage_Set_SaysWhatWasUsed()
    {
        using var costs = new CostFixture(static o => o.MapUsage = static usage => [new("input_tokens", usage.Input!.Value * 2)]);

        await AskAsync(costs);

        Assert.Equal(200, Assert.Single(costs.Records).Receipt.Usage["input_tokens"]);
        Assert.Equal(ToolRounds.Cost(200, 0), costs.Records[0].Total);
    }

    [Fact]
    public async Task StoreCapacity_Reached_DropsTheOldestRecord()
    {
        using var costs = new CostFixture(static o => o.StoreCapacity = 2);

        await AskAsync(costs, times: 3);

        Assert.Equal(2, costs.Records.Count);
        Assert.Equal(3, costs.Root.Costs!.Accumulator.Total.CallCount);
    }

    [Fact]
    public async Task AccumulatorCapacity_Reached_RollsTheRestIntoOneRow()
    {
        using var costs = new CostFixture(static o => o.AccumulatorCapacity = 1);

        foreach (var user in (string[])["ada", "bob", "eve"])
        {
            using (AgentContext.Begin(userId: user))
            {
                await AskAsync(costs);
            }
        }

        Assert.True(costs.Root.Costs!.Accumulator.Read().RolledCount > 0);
    }

    [Fact]
    public async Task Pricing_MultiplierOfTheTierThatTheResponseNames_Applies()
    {
        using var costs = new CostFixture(static o => o.Pricing.ServiceTierMultipliers["priority"] = 2);
        var answer = new ChatResponse(Answer.Messages) { Usage = Answer.Usage, AdditionalProperties = new() { ["service_tier"] = "priority" } };

        await Calls.MakeAsync(StubChatClient.Answering(answer).UseAgentObservability(costs.Root), isStreaming: false);
        var updates = answer.ToChatResponseUpdates();
        updates[0].AdditionalProperties = answer.AdditionalProperties;
        await Calls.MakeAsync(StubChatClient.Streaming(updates).UseAgentObservability(costs.Root), isStreaming: true);

        Assert.Equal([2 * ToolRounds.Cost(100, 10), 2 * ToolRounds.Cost(100, 10)], costs.Records.Select(static record => record.Total));
    }

    [Fact]
    public async Task Pricing_MultiplierOfTheRegionThatTheRequestNames_Applies()
    {
        using var costs = new CostFixture(static o => o.Pricing.RegionMultipliers["eu"] = 1.1m);

        await Calls.MakeAsync(
            StubChatClient.Answering(Answer).UseAgentObservability(costs.Root), isStreaming: false, new() { AdditionalProperties = new() { ["region"] = "eu" } });

        Assert.Equal(1.1m * ToolRounds.Cost(100, 10), Assert.Single(costs.Records).Total);
    }

    [Fact]
    public async Task UsePricing_ScopeAroundTheCall_GoesFirst()
    {
        using var costs = new CostFixture();
        using var scope = AgentContext.UsePricing(new Contract());

        await AskAsync(costs);

        Assert.Equal((PriceSource.Call, 100m), (Assert.Single(costs.Records).Source, costs.Records[0].Total));
    }

    [Fact]
    public async Task BurnRate_Exceeded_IsTold()
    {
        List<BurnRateAlert> alerts = [];
        using var costs = new CostFixture(o =>
        {
            o.Budgets.Add(new() { Name = "day", Limit = 0.001m });
            o.BurnRate.OnBurnRate = alerts.Add;
        });

        await Calls.MakeAsync(StubChatClient.Answering(Answer).UseAgentObservability(costs.Root), isStreaming: false, new() { MaxOutputTokens = 10 });

        Assert.NotEmpty(alerts);
    }

    [Fact]
    public void Clone_EveryOptionSet_CopiesAllAndSharesNothing()
    {
        var options = new CostTrackingOptions
        {
            TrustReportedCost = false,
            EstimateMissingUsage = false,
            MapUsage = static _ => null,
            StoreCapacity = 1,
            StoreQueueCapacity = 2,
            StoreQueueCapacityBytes = 4_096,
            AccumulatorCapacity = 3,
        };
        options.Budgets.Add(new() { Name = "a", Limit = 1 });
        options.Pricing.PriceFile = "p";
        options.Reservations.KeyCapacity = 5;
        options.BurnRate.FastThreshold = 6;

        var copy = options.Clone();

        Assert.Equal(Scalars(options), Scalars(copy));
        Assert.DoesNotContain(Scalars(copy), Scalars(new CostTrackingOptions()).Contains);
        Assert.Equal(("a", "p", 5, 6), (copy.Budgets[0].Name, copy.Pricing.PriceFile, copy.Reservations.KeyCapacity, copy.BurnRate.FastThreshold));
        Assert.NotSame(options.Budgets[0], copy.Budgets[0]);
        Assert.NotSame(options.Pricing, copy.Pricing);
        Assert.NotSame(options.Reservations, copy.Reservations);
        Assert.NotSame(options.BurnRate, copy.BurnRate);
    }

    private static IEnumerable<(string Name, object? Value)> Scalars(CostTrackingOptions options) => typeof(CostTrackingOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.SetMethod is { IsPublic: true })
        .Select(property => (property.Name, property.GetValue(options)));

    private static async Task AskAsync(CostFixture costs, int times = 1)
    {
        var client = StubChatClient.Answering(Answer).UseAgentObservability(costs.Root);
        for (var i = 0; i < times; i++)
        {
            await Calls.MakeAsync(client, isStreaming: false);
        }
    }

    private sealed class Contract : IPricingProvider
    {
        public PriceLookup Find(in PriceRequest request) =>
            PriceLookup.Found(new ModelPrice("acme", request.Model, new Dictionary<string, UnitRate> { ["input_mtok"] = 1_000_000 }));
    }
}
