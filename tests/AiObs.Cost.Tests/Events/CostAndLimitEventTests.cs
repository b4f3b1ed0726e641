using AiObs.Cost.Budgets;
using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests.Events;

public sealed class CostAndLimitEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_Priced_SaysWhatItCostAndByWhichRule()
    {
        await using var root = new EventRoot(b => b.AddCostTracking());
        var sink = root.AddSink();

        await root.AskAsync(Calls.Priced);

        var recorded = await root.OnlyAsync(sink, AgentEventTypes.CostRecorded);
        var cost = root.Spans.Only().GetTagItem("aiobs.cost.total");
        Assert.Equal(cost, (double)Assert.IsType<decimal>(recorded.Data["amount"]));
        Assert.Equal(("USD", "exact", "table"), (recorded.Data["currency"], recorded.Data["completeness"], recorded.Data["price_source"]));
        Assert.Equal(("openai", "gpt-4o-mini"), (recorded.Data["provider"], recorded.Data["rule"]));
        Assert.IsType<Guid>(recorded.Data["cost_record_id"]);
    }

    [Fact]
    public async Task Call_OfAnUnknownModel_IsUnpricedAndHasNoAmount()
    {
        await using var root = new EventRoot(b => b.AddCostTracking());
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);

        var recorded = await root.OnlyAsync(sink, AgentEventTypes.CostRecorded);
        Assert.Equal("unpriced", recorded.Data["completeness"]);
        Assert.False(recorded.Data.ContainsKey("amount"));
    }

    [Fact]
    public async Task BudgetThreshold_Reached_RaisesAnEventOnTheSpanOfTheCall()
    {
        await using var root = new EventRoot(b => b.AddCostTracking(o => o.Budgets.Add(new Budget { Name = "b", TokenLimit = 1_000_000, AlertAt = [0.000001m] })));
        var sink = root.AddSink();

        using (AgentContext.Begin(userId: "ann"))
        {
            await root.AskAsync(Calls.Priced);
        }

        var reached = await root.OnlyAsync(sink, AgentEventTypes.BudgetThreshold);
        Assert.Equal((0.000001m, "tokens", "ann"), (reached.Data["aiobs.budget.threshold"], reached.Data["aiobs.budget.unit"], reached.UserId));
        Assert.Equal(root.Spans.Only().SpanId.ToHexString(), reached.SpanId);
    }

    [Fact]
    public async Task ExpensiveCallThreshold_Exceeded_RaisesAnEvent()
    {
        await using var root = new EventRoot(b => b.AddCostTracking().ConfigureEvents(o => o.ExpensiveCallThreshold = 0.000001m));
        var sink = root.AddSink();

        await root.AskAsync(Calls.Priced);

        var expensive = await root.OnlyAsync(sink, AgentEventTypes.ExpensiveCall);
        Assert.Equal(0.000001m, expensive.Data["threshold"]);
        Assert.Equal((await root.OnlyAsync(sink, AgentEventTypes.CostRecorded)).Data["amount"], expensive.Data["amount"]);
    }

    [Fact]
    public async Task ExpensiveCallThreshold_NotExceeded_RaisesNone()
    {
        await using var root = new EventRoot(b => b.AddCostTracking().ConfigureEvents(o => o.ExpensiveCallThreshold = 100));
        var sink = root.AddSink();

        await root.AskAsync(Calls.Priced);

        await root.Events.FlushAsync(Token);
        Assert.DoesNotContain(AgentEventTypes.ExpensiveCall, sink.AcceptedTypes);
    }

    [Fact]
    public async Task Call_RefusedByABudget_SaysWhichAndForWhom()
    {
        await using var root = new EventRoot(b => b.AddCostTracking(o => o.Budgets.Add(new Budget { Name = "tiny", TokenLimit = 1 })));
        var sink = root.AddSink();

        using (AgentContext.Begin(userId: "u1"))
        {
            await Assert.ThrowsAsync<BudgetExceededException>(() => root.AskAsync(Calls.Answering));
        }

        var violated = await root.OnlyAsync(sink, AgentEventTypes.PolicyViolation);
        Assert.Equal(("budget", "u1"), (violated.Data["policy"], violated.UserId));
        Assert.Contains("tiny", Assert.IsType<string>(violated.Data["reason"]), StringComparison.Ordinal);
        Assert.Single(sink.Accepted);
    }
}
