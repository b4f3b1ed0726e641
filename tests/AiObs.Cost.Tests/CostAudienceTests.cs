using System.Diagnostics;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests;

/// <summary>Who else hears of what a call cost.</summary>
public sealed class CostAudienceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Completed_Observer_SeesTheCostOfTheCall(bool isStreaming)
    {
        var observer = new CostCollector();
        using var costs = new CostFixture(build: builder => builder.AddObserver(observer));

        await Calls.MakeAsync(new ToolRounds(1).Model.UseAgentObservability(costs.Root), isStreaming);

        var (callId, cost) = Assert.Single(observer.Seen);
        Assert.Same(Assert.Single(costs.Records), cost);
        Assert.Equal(callId, cost!.CallId);
    }

    [Fact]
    public async Task Call_InsideAModelSpanOfSomebodyElse_PutsItsCostThere()
    {
        using var costs = new CostFixture();
        using var theirs = new ActivitySource($"theirs-{Guid.NewGuid():N}");
        using var spans = new SpanCollector(theirs.Name);
        var rounds = new ToolRounds(1);

        using (theirs.StartActivity("chat stub-model", ActivityKind.Client, parentContext: default, [new("gen_ai.operation.name", "chat"), new("gen_ai.request.model", "stub-model")]))
        {
            await Calls.MakeAsync(rounds.Model.UseCostTracking(costs.Root), isStreaming: false);
        }

        Assert.Empty(costs.Spans.Spans);
        Assert.Equal((double)rounds.Total, spans.Only().GetTagItem("aiobs.cost.total"));
        Assert.Equal(spans.Only().SpanId.ToHexString(), Assert.Single(costs.Records).SpanId);
    }

    [Fact]
    public async Task Call_PriceSourceThrows_IsAnsweredAndUnharmed()
    {
        using var costs = new CostFixture(static o => o.MapUsage = static _ => throw new InvalidOperationException("a"));
        var rounds = new ToolRounds(1);

        await Calls.MakeAsync(rounds.Model.UseCostTracking(costs.Root), isStreaming: false);

        Assert.Equal(rounds.Total, Assert.Single(costs.Records).Total);
        Assert.NotEmpty(costs.Metrics.Of("aiobs.faults"));
    }

    private sealed class CostCollector : IOperationObserver
    {
        public List<(string CallId, CostRecord? Cost)> Seen { get; } = [];

        public void Started(AgentOperation operation)
        {
        }

        public void Completed(AgentOperation operation)
        {
            if (operation is ModelOperation model)
            {
                Seen.Add((model.CallId, model.GetCostRecord()));
            }
        }
    }
}
