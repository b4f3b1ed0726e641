using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Cost tracking prices the calls of its client, and nothing else.</summary>
public sealed class CostsOfClientsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_Returned_LeavesTheCallersFlowAsItWas()
    {
        using var costs = new CostFixture();
        var client = new StubChatClient().UseAgentObservability(costs.Root).UseCostTracking(costs.Root);

        var call = client.GetResponseAsync("Hi", cancellationToken: Token);
        var during = AgentContext.Capture();
        await call;

        Assert.Null(during);
        Assert.Null(AgentContext.Capture());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetStreamingResponseAsync_BetweenReads_LeavesTheConsumersFlowAsItWas(bool isFlowSuppressed)
    {
        using var costs = new CostFixture();
        using var model = StubChatClient.Streaming(new(ChatRole.Assistant, "a"), new(ChatRole.Assistant, "b"));
        var client = model.UseAgentObservability(costs.Root).UseCostTracking(costs.Root);
        using var scope = AgentContext.Begin(userId: "ada");

        await using var reader = client.GetStreamingResponseAsync("Hi", cancellationToken: Token).GetAsyncEnumerator(Token);
        while (await MoveAsync(reader, isFlowSuppressed))
        {
            Assert.Equal("ada", AgentContext.Current?.UserId);
        }

        Assert.Equal("ada", Assert.Single(costs.Records).UserId);
    }

    [Fact]
    public async Task Read_ScopeOpenedBetweenReads_IsSeenInside()
    {
        using var costs = new CostFixture();
        List<string?> seen = [];
        using var model = new StubChatClient
        {
            OnStream = _ => new StubUpdates(new(ChatRole.Assistant, "a"), new(ChatRole.Assistant, "b"))
            {
                OnMoveNext = (_, _) =>
                {
                    seen.Add(AgentContext.Current?.UserId);
                    return default;
                },
            },
        };
        var client = model.UseAgentObservability(costs.Root).UseCostTracking(costs.Root);

        await using var reader = client.GetStreamingResponseAsync("Hi", cancellationToken: Token).GetAsyncEnumerator(Token);
        await reader.MoveNextAsync();
        using var scope = AgentContext.Begin(userId: "ada");
        await reader.MoveNextAsync();

        Assert.Equal([null, "ada"], seen);
    }

    [Fact]
    public async Task Stacked_OuterWithOptionsOfItsOwn_TakesThePlaceOfTheInner()
    {
        using var costs = new CostFixture();
        var inner = new ToolRounds(1).Model.UseAgentObservability(costs.Root).UseCostTracking(costs.Root);
        using var outer = inner.UseCostTracking(static o => o.Pricing.Prices.Add(new() { Model = "stub-model-1", Rates = { ["input_mtok"] = 1_000 } }));

        await outer.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Equal(0.1m, Assert.Single(costs.Records).Total);
        Assert.NotSame(costs.Root.Costs, outer.GetService<CostTracking>());
        Assert.Same(costs.Root.Costs!.Store, outer.GetService<CostTracking>()!.Store);
    }

    [Fact]
    public async Task Tool_CallsAnotherClientWithTrackingOfItsOwn_IsPricedByThatOne()
    {
        using var costs = new CostFixture();
        using var other = new CostFixture();
        var expert = new ToolRounds(1).Model.UseAgentObservability(other.Root).UseCostTracking(other.Root);
        var ask = AIFunctionFactory.Create(async () => (await expert.GetResponseAsync("Why?")).Text, "weather");
        var client = new StubFunctionLoop(new ToolRounds().Model.UseAgentObservability(costs.Root)).UseCostTracking(costs.Root);

        await Calls.MakeAsync(client, isStreaming: false, new() { Tools = [ask] });

        Assert.Equal(2, costs.Records.Count);
        Assert.Single(other.Records);
    }

    [Fact]
    public async Task Tool_CallsAnotherClientWithoutTracking_IsNotPriced()
    {
        using var costs = new CostFixture();
        using var plain = new CostFixture(tracksCosts: false);
        var expert = new ToolRounds(1).Model.UseAgentObservability(plain.Root);
        var ask = AIFunctionFactory.Create(async () => (await expert.GetResponseAsync("Why?")).Text, "weather");
        var client = new StubFunctionLoop(new ToolRounds().Model.UseAgentObservability(costs.Root)).UseCostTracking(costs.Root);

        await Calls.MakeAsync(client, isStreaming: false, new() { Tools = [ask] });

        Assert.Equal(2, costs.Records.Count);
        Assert.Single(plain.Spans.Spans);
    }

    [Fact]
    public async Task ContextOfOperations_OfOneScope_IsShared()
    {
        using var costs = new CostFixture();
        var client = new StubFunctionLoop(new ToolRounds().Model.UseAgentObservability(costs.Root)).UseCostTracking(costs.Root);
        using var scope = AgentContext.Begin(tags: ["a"], metadata: [new("tier", 1)]);

        await Calls.MakeAsync(client, isStreaming: false, ToolRounds.Options);
        await Calls.MakeAsync(new StubChatClient().UseAgentObservability(costs.Root), isStreaming: false);

        Assert.Equal(3, costs.Records.Count);
        Assert.All(costs.Records, record => Assert.Same(costs.Records[0].Tags, record.Tags));
    }

    private static ValueTask<bool> MoveAsync(IAsyncEnumerator<ChatResponseUpdate> reader, bool isFlowSuppressed)
    {
        if (!isFlowSuppressed)
        {
            return reader.MoveNextAsync();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return reader.MoveNextAsync();
        }
    }
}
