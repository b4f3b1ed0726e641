using System.Diagnostics;
using AiObs.Chat;
using AiObs.Cost.Pricing;
using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Observers;

/// <summary>Lines that stand next to each other make one observer with the options of all, whichever comes first.</summary>
public sealed class NeighbourTests
{
    private delegate IChatClient Line(IChatClient client);

    public static TheoryData<string, bool> Orders
    {
        get
        {
            var orders = new TheoryData<string, bool>();
            foreach (var order in (string[])["012", "021", "102", "120", "201", "210", "01210", "20102"])
            {
                orders.Add(order, false);
                orders.Add(order, true);
            }

            return orders;
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Joined_LinesInAnyOrder_HaveTheOptionsOfAll(string order, bool isStreaming)
    {
        using var costs = new CostFixture();
        List<StubEventSink> sinks = [];
        Line[] lines =
        [
            client => client.UseAgentObservability(costs.Root, static options => options.CaptureContent |= ContentCapture.All),
            static client => client.UseCostTracking(configure: static options => options.Pricing.Prices.Add(Dear)),
            client => client.UseEventSink(Added(sinks)),
        ];
        var client = order.Aggregate<char, IChatClient>(new ToolRounds(1).Model, (client, line) => lines[line - '0'](client));

        await Calls.MakeAsync(client, isStreaming);
        client.Dispose();

        Assert.IsType<StubChatClient>(Assert.IsType<ObservingChatClient>(client).GetService<StubChatClient>());
        Assert.Equal(0.1m, Assert.Single(costs.Records).Total);
        Assert.NotNull(costs.Spans.Only().GetTagItem("gen_ai.input.messages"));
        Assert.All(sinks, static sink => Assert.Single(sink.Accepted, static item => item.Type == AgentEventTypes.CostRecorded));
        Assert.All(sinks, static sink => Assert.Contains("Hi", Assert.Single(sink.Accepted, static item => item.Type == AgentEventTypes.MessageSent).Content, StringComparison.Ordinal));
    }

    [Fact]
    public void Joined_FiveOfThem_StandDirectlyOnTheModel()
    {
        using var costs = new CostFixture();
        using var model = new Watched(new StubChatClient());

        var client = model.UseCostTracking(costs.Root).UseAgentObservability(costs.Root).UseCostTracking(costs.Root)
            .UseAgentObservability(costs.Root).UseCostTracking(costs.Root);

        Assert.Same(client, client.GetService<ObservingChatClient>());
        Assert.Equal(5, Assert.IsType<ObservingChatClient>(client).Parts.Requests.Count);
        Assert.Null(ObservingChatClient.FindIn(model));
        Assert.Empty(costs.Logs.GetSnapshot());
    }

    [Fact]
    public async Task Joined_InnerOneKept_StillObserves()
    {
        using var costs = new CostFixture();
        var inner = new ToolRounds(1).Model.UseCostTracking(costs.Root);
        _ = inner.UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.All);

        await Calls.MakeAsync(inner, isStreaming: false);

        Assert.Single(costs.Records);
        Assert.Null(costs.Spans.Only().GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task Joined_CostOptionsOfBoth_AddUp()
    {
        using var costs = new CostFixture(tracksCosts: false);
        using var client = new ToolRounds(1).Model
            .UseCostTracking(costs.Root, static options => options.Budgets.Add(new() { Name = "inner", TokenLimit = 10_000 }))
            .UseCostTracking(costs.Root, static options => options.Budgets.Add(new() { Name = "outer", TokenLimit = 10_000 }));

        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Equal([("inner", 110m), ("outer", 110m)], client.GetService<CostTracking>()!.Budgets.List().Select(static budget => (budget.Budget, budget.Spent)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Joined_RootMadeForWantOfAny_GivesWayToTheOneThatIsNamed(bool isNamedInside)
    {
        using var costs = new CostFixture();
        IChatClient model = new ToolRounds(1).Model;

        using var client = isNamedInside
            ? model.UseAgentObservability(costs.Root).UseCostTracking(static options => options.Pricing.Prices.Add(Dear))
            : model.UseCostTracking(static options => options.Pricing.Prices.Add(Dear)).UseAgentObservability(costs.Root);
        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Equal(0.1m, Assert.Single(costs.Records).Total);
        Assert.Single(costs.Spans.Spans);
        Assert.Empty(costs.Logs.GetSnapshot());
    }

    [Fact]
    public void Dispose_JoinedWithRootsOfTheirOwn_ReleasesAllAndTheModelOnce()
    {
        using var model = new StubChatClient();
        var client = model.UseCostTracking(static _ => { }).UseAgentObservability(static options => options.SourceName = $"own-{Guid.NewGuid():N}");
        var source = client.GetService<ActivitySource>()!;
        using var listener = new ActivityListener { ShouldListenTo = other => other == source };
        ActivitySource.AddActivityListener(listener);
        Assert.True(source.HasListeners());

        client.Dispose();

        Assert.Equal(1, model.DisposeCount);
        Assert.False(source.HasListeners());
    }

    [Fact]
    public void Dispose_JoinedOnAGivenRoot_LeavesTheRoot()
    {
        using var costs = new CostFixture();
        using var model = new StubChatClient();

        model.UseCostTracking(costs.Root).UseAgentObservability(costs.Root, static options => options.CaptureContent = ContentCapture.All).Dispose();

        Assert.Equal(1, model.DisposeCount);
        Assert.True(costs.Root.Pipeline.Source.HasListeners());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Joined_OneIsOff_TheOtherObserves(bool isOffInside)
    {
        using var costs = new CostFixture();
        IChatClient model = new ToolRounds(1).Model;
        static void Off(AgentObservabilityOptions options) => options.Enabled = false;

        var client = isOffInside
            ? model.UseAgentObservability(costs.Root, Off).UseCostTracking(costs.Root)
            : model.UseCostTracking(costs.Root).UseAgentObservability(costs.Root, Off);
        await Calls.MakeAsync(client, isStreaming: false);

        Assert.Single(costs.Records);
        Assert.Single(costs.Spans.Spans);
    }

    private static PriceOverride Dear => new() { Model = "stub-model-1", Rates = { ["input_mtok"] = 1_000 } };

    private static StubEventSink Added(List<StubEventSink> sinks)
    {
        var sink = new StubEventSink();
        sinks.Add(sink);
        return sink;
    }

    private sealed class Watched(IChatClient inner) : DelegatingChatClient(inner);
}
