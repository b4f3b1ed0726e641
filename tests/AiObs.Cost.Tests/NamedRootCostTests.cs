using AiObs.Cost.Budgets;
using AiObs.Cost.Pricing;
using AiObs.Cost.Tests.Refresh;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests;

/// <summary>Several roots with names in one container: each has budgets, records, totals and fresh prices of its own.</summary>
public sealed class NamedRootCostTests
{
    private readonly ServiceCollection _services = new();
    private readonly string _name = $"tenant-{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Budgets_OfARoot_HoldForItsCallsAlone()
    {
        foreach (var tenant in new[] { "a", "b" })
        {
            _services.AddAgentObservability($"{_name}-{tenant}", (root, _) => root
                .AddCostTracking(CostFixture.Prices)
                .AddCostTracking(o => o.Budgets.Add(new() { Name = $"day of {tenant}", Limit = tenant == "a" ? 0.016m : 1 })));
        }

        await using var provider = _services.BuildServiceProvider();

        await AskAsync(Root(provider, "a"));
        await Assert.ThrowsAsync<BudgetExceededException>(() => AskAsync(Root(provider, "a")));
        await AskAsync(Root(provider, "b"));
        await AskAsync(Root(provider, "b"));

        var (one, two) = (Root(provider, "a").Costs!, Root(provider, "b").Costs!);

        Assert.Equal((0.015003m, 0.030006m), (one.Budgets.Find("day of a")!.Spent, two.Budgets.Find("day of b")!.Spent));
        Assert.Equal((null, null), (one.Budgets.Find("day of b"), two.Budgets.Find("day of a")));
        Assert.Equal((1, 2), (CostFixture.RecordsOf(one).Count, CostFixture.RecordsOf(two).Count));
        Assert.Equal((0.015003m, 0.030006m), (one.Accumulator.Total.Total, two.Accumulator.Total.Total));
        Assert.NotSame(one.Store, two.Store);
    }

    [Fact]
    public async Task PriceRefresh_OfARoot_FetchesForItAlone()
    {
        await using var fresh = await PriceServer.StartAsync(TestTables.WithPrice("""{ "input_mtok": 5, "output_mtok": 1 }"""));
        await using var other = await PriceServer.StartAsync(TestTables.WithPrice("""{ "input_mtok": 7, "output_mtok": 1 }"""));
        Add("a", root => root.AddPriceRefresh(o => (o.Url, o.Interval) = (fresh.Url, TimeSpan.Zero)));
        Add("b", root => root.AddPriceRefresh(o => (o.Url, o.Interval) = (other.Url, TimeSpan.Zero)));
        Add("c", static root => root.AddCostTracking());
        await using var provider = _services.BuildServiceProvider();

        foreach (var tenant in new[] { "a", "b" })
        {
            Assert.Equal(PriceRefreshOutcome.Updated, (await Refresh(provider, tenant).RefreshAsync(Token)).Outcome);
        }

        Assert.Equal([5m, 7m, 2.5m], [await PriceAsync(provider, "a"), await PriceAsync(provider, "b"), await PriceAsync(provider, "c")]);
        Assert.Equal(["/prices/data.json"], fresh.Requests);
        Assert.Equal(["/prices/data.json"], other.Requests);
        Assert.NotSame(Refresh(provider, "a"), Refresh(provider, "b"));
        Assert.Null(provider.GetService<PriceRefresh>());
    }

    [Fact]
    public void AddAgentObservability_SameNameTwiceWithCosts_IsRefused()
    {
        Add("a", static root => root.AddCostTracking());

        Assert.Contains("was added before", Assert.Throws<InvalidOperationException>(() => Add("a", static root => root.AddCostTracking())).Message, StringComparison.Ordinal);
    }

    private void Add(string tenant, Action<AgentObservabilityBuilder> build) => _services.AddAgentObservability($"{_name}-{tenant}", (root, _) => build(root));

    private AgentObservability Root(IServiceProvider provider, string tenant) => provider.GetRequiredKeyedService<AgentObservability>($"{_name}-{tenant}");

    private PriceRefresh Refresh(IServiceProvider provider, string tenant) => provider.GetRequiredKeyedService<IServiceProvider>($"{_name}-{tenant}").GetRequiredService<PriceRefresh>();

    private async Task<decimal?> PriceAsync(IServiceProvider provider, string tenant)
    {
        var record = await Root(provider, tenant).CostRecorder!.RecordAsync(
            new UsageDetails { InputTokenCount = 1_000_000, OutputTokenCount = 0 }, new CostRecording { Provider = "openai", ResponseModel = "gpt-4o" }, Token);
        return record.Total;
    }

    private static async Task AskAsync(AgentObservability root)
    {
        using var model = StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello.")) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1_000 } });
        using var client = model.UseAgentObservability(root);
        await client.GetResponseAsync("Hi", new() { MaxOutputTokens = 1_000 }, Token);
    }
}
