using System.Diagnostics;
using AiObs.Cost.Budgets;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Operations;

/// <summary>What stands around us may throw: what a call costs is known all the same.</summary>
public sealed class HostileSurroundingsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ListenerThrowsOnStart_CallIsRecordedAndChargedWithoutASpan(bool isStreaming)
    {
        using var costs = new CostFixture(static o => o.Budgets.Add(new() { Name = "day", TokenLimit = 10_000 }));
        using var listener = Listen(costs.Source, static _ => throw new InvalidOperationException("listener"));

        await Calls.MakeAsync(new ToolRounds(1).Model.UseCostTracking(costs.Root), isStreaming);

        Assert.Null(Assert.Single(costs.Records).SpanId);
        Assert.Equal(110, costs.Root.Costs!.Budgets.Find("day", unit: BudgetUnit.Tokens)!.Spent);
    }

    private static ActivityListener Listen(string source, Action<Activity> started)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = candidate => candidate.Name == source,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = started,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
