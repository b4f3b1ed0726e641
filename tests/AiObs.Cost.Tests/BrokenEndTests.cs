using AiObs.Cost.Budgets;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Cost.Tests;

/// <summary>What throws at the end of a call keeps neither its answer from the caller nor the call from being settled.</summary>
public sealed class BrokenEndTests
{
    [Theory]
    [InlineData(false, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public async Task Call_ClockFailsAtItsEnd_IsSettledAndAnswered(bool isStreaming, bool isMuted, bool fails)
    {
        var clock = new StoppingClock();
        using var costs = new CostFixture(
            static o => o.Budgets.Add(new() { Name = "day", Limit = 1, Window = BudgetWindow.Rolling, Period = TimeSpan.FromDays(1) }),
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(clock);
                builder.Configure(o => o.Enabled = !isMuted);
            });
        using var model = new StubChatClient
        {
            OnResponse = _ =>
            {
                clock.Stop();
                return fails ? throw new TimeoutException() : Task.FromResult(Answer);
            },
            OnStream = _ => new StubUpdates(Answer.ToChatResponseUpdates())
            {
                OnMoveNext = (index, _) =>
                {
                    if (index == (fails ? 1 : 0))
                    {
                        clock.Stop();
                        return fails ? throw new TimeoutException() : default;
                    }

                    return default;
                },
            },
        };
        using var client = model.UseAgentObservability(costs.Root);

        var call = Calls.MakeAsync(client, isStreaming, new() { MaxOutputTokens = 1_000 });
        if (fails)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => call);
        }
        else
        {
            await call;
        }

        clock.Go();
        var status = costs.Root.Costs!.Budgets.Find("day")!;
        Assert.Equal(0m, status.Reserved);
        if (!fails)
        {
            var record = Assert.Single(costs.Records);
            Assert.Equal((0.015003m, 0.015003m, 0.015003m), (record.Total, status.Spent, costs.Root.Costs!.Accumulator.Total.Total));
        }

        Assert.Equal(isMuted ? 0 : 1, costs.Spans.Spans.Count);
    }

    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ResponseId = Guid.NewGuid().ToString("N"),
        Usage = new() { InputTokenCount = 1, OutputTokenCount = 1_000 },
    };

    private sealed class StoppingClock : TimeProvider
    {
        private volatile bool _isStopped;

        public void Stop() => _isStopped = true;

        public void Go() => _isStopped = false;

        public override long GetTimestamp() => _isStopped ? throw new InvalidOperationException("The clock stands.") : base.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _isStopped ? throw new InvalidOperationException("The clock stands.") : base.GetUtcNow();
    }
}
