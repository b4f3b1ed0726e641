using AiObs.Cost.Budgets;
using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Observers;

/// <summary>A sink of one client hears what budgets do to that client, and to it alone.</summary>
public sealed class ClientSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseEventSink_BudgetRefuses_HearsOfTheViolation(bool isBudgetOfTheRoot)
    {
        static void Limit(CostTrackingOptions options) => options.Budgets.Add(new() { Name = "day", TokenLimit = 1 });
        using var costs = new CostFixture(isBudgetOfTheRoot ? Limit : null);
        StubEventSink sink = new();
        using var client = new StubChatClient().UseCostTracking(costs.Root, isBudgetOfTheRoot ? null : Limit).UseEventSink(sink);
        using var other = new StubChatClient().UseAgentObservability(costs.Root);

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Hi", cancellationToken: Token));
        await costs.Root.Events.FlushAsync(Token);

        Assert.Equal([AgentEventTypes.PolicyViolation], sink.AcceptedTypes);
    }
}
