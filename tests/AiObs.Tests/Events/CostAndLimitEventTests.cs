using AiObs.Cost.Budgets;
using AiObs.Events;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Events;

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

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task SlowCallThreshold_DecidesWhatIsSlow(int seconds, bool isSlow)
    {
        await using var root = new EventRoot(b => b.ConfigureEvents(o => o.SlowCallThreshold = TimeSpan.FromSeconds(2)));
        var sink = root.AddSink();
        var client = new StubChatClient
        {
            OnResponse = _ =>
            {
                root.Clock.Advance(TimeSpan.FromSeconds(seconds));
                return Task.FromResult(Calls.Answer);
            },
        };

        await root.AskAsync(client);

        await root.Events.FlushAsync(Token);
        var slow = sink.Accepted.Where(item => item.Type == AgentEventTypes.SlowCall).ToList();
        Assert.Equal(isSlow ? [(3000.0, 2000.0)] : [], slow.Select(item => ((double)item.Data["duration_ms"]!, (double)item.Data["threshold"]!)));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task ChunkEvents_RaisesOnePerUpdateWithoutContent(bool isOn, int expected)
    {
        await using var root = EventRoot.WithContent(build: b => b.ConfigureEvents(o => o.ChunkEvents = isOn));
        var sink = root.AddSink();

        await root.ReadAsync(new StubChatClient());

        await root.Events.FlushAsync(Token);
        var chunks = sink.Accepted.Where(item => item.Type == AgentEventTypes.ChunkReceived).ToList();
        Assert.Equal(Enumerable.Range(0, expected), chunks.Select(item => (int)item.Data["index"]!));
        Assert.All(chunks, item => Assert.Null(item.Content));
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
