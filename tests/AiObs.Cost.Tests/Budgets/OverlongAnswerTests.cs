using AiObs.Cost.Budgets;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>Models that ignore <see cref="ChatOptions.MaxOutputTokens"/>: what the budget still holds, and by how much it is passed.</summary>
public sealed class OverlongAnswerTests
{
    private const int Allowed = 100;
    private const int Taken = 3 * Allowed;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Calls_InFlightWhenTheLimitIsReached_PassItByWhatTheyTakeBeyondWhatTheyMay(int inFlight)
    {
        var limit = (2 * Allowed * inFlight) - 1;
        var gate = new StubGate();
        using var costs = new CostFixture(o => o.Budgets.Add(new() { Name = "tokens", TokenLimit = limit, Window = BudgetWindow.Lifetime }));
        using var client = new StubChatClient
        {
            OnResponse = async call =>
            {
                await gate.WaitAsync(call.CancellationToken);
                return new(new ChatMessage(ChatRole.Assistant, "Hi"))
                {
                    Usage = new() { InputTokenCount = 1, OutputTokenCount = Taken, TotalTokenCount = Taken + 1 },
                };
            },
        }.UseAgentObservability(costs.Root);

        var calls = Enumerable.Range(0, inFlight).Select(_ => AskAsync(client)).ToList();
        await gate.Reached;
        gate.Release();
        await Task.WhenAll(calls);
        var spent = costs.Root.Costs!.Budgets.Find("tokens", unit: BudgetUnit.Tokens)!.Spent;

        Assert.Equal(inFlight * (Taken + 1), spent);
        Assert.InRange(spent, limit, limit + (inFlight * (Taken - Allowed)));
        await Assert.ThrowsAsync<BudgetExceededException>(() => AskAsync(client));
    }

    private static Task<ChatResponse> AskAsync(IChatClient client) =>
        client.GetResponseAsync("Hi", new() { MaxOutputTokens = Allowed }, TestContext.Current.CancellationToken);
}
