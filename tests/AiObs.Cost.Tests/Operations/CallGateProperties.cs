using AiObs.Cost.Budgets;
using AiObs.Operations;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Operations;

/// <summary>However calls run side by side, and however each of them ends: for each admission there is one settlement or one release.</summary>
public sealed class CallGateProperties
{
    private static readonly Gen<int[]> Calls = Gen.Choose(0, 1_000_000).ArrayOf(24);

    [Fact]
    public void Calls_InParallelWhateverBecomesOfThem_AreSettledOrReleasedOnce() =>
        Fuzz.Check(Calls, seeds => Task.Run(() => RunAsync(seeds)).GetAwaiter().GetResult(), cases: 60);

    private static async Task RunAsync(int[] seeds)
    {
        var gate = new CountingGate { Wait = static (request, token) => request.Operation.RequestModel == "waits" ? WaitAsync(token) : Task.CompletedTask };
        using var costs = new CostFixture(
            static o => o.Budgets.Add(new Budget { Name = "b", Limit = 0.05m, Window = BudgetWindow.Lifetime, EndStreams = true }),
            builder => builder.AddCallGate(gate));

        await Task.WhenAll(seeds.Select(seed => Task.Run(() => CallAsync(costs.Root, new Random(seed)))));

        Assert.All(gate.Tickets, static ticket => Assert.Equal(1, ticket.Settled + ticket.Released));

        // Released is what was never started, and what gave way to an observed call inside.
        Assert.All(gate.Tickets, static ticket => Assert.Equal(
            ticket.Released == 1, ticket.Request.Operation is { Outcome: OperationOutcome.Running } or { GivesWay: true }));
        Assert.Equal(costs.Spans.Spans.Count, gate.Tickets.Count(static ticket => ticket.Request.Operation.Outcome != OperationOutcome.Running));
        Assert.Equal(0, costs.Root.Costs!.Budgets.Find("b")!.Reserved);
        Assert.DoesNotContain(costs.Logs.GetSnapshot(), static log => log.Message.StartsWith("Observing failed", StringComparison.Ordinal));

        static async Task WaitAsync(CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
        }
    }

    private static async Task CallAsync(AgentObservability root, Random random)
    {
        using var stop = new CancellationTokenSource();
        using var model = Model(random, stop);
        var client = random.Next(2) == 0 ? model.UseAgentObservability(root) : model.UseCostTracking(root);
        var options = new ChatOptions { MaxOutputTokens = random.Next(1, 400), ModelId = random.Next(3) == 0 ? "waits" : null };
        if (random.Next(6) == 0)
        {
            await stop.CancelAsync();
        }

        try
        {
            await (random.Next(5) switch
            {
                0 => client.GetResponseAsync("Hi", options, stop.Token),
                1 => root.Tracer.TraceLlmAsync("m", new() { Messages = [new(ChatRole.User, "Hi")] }, _ => client.GetResponseAsync("Hi", options, stop.Token)),
                _ => ReadAsync(client.GetStreamingResponseAsync("Hi", options, stop.Token), most: random.Next(1, 12)),
            });
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or BudgetExceededException)
        {
            // Each is one way of a call to end.
        }
    }

    private static StubChatClient Model(Random random, CancellationTokenSource stop)
    {
        var failsAt = random.Next(4) == 0 ? random.Next(8) : -1;
        var stopsAt = random.Next(5) == 0 ? random.Next(8) : -1;
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes")) { Usage = new() { InputTokenCount = 5, OutputTokenCount = 9 } };
        if (random.Next(4) == 0)
        {
            // The model works on, and what it uses is said to whoever fetches the answer.
            answer.ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 });
            answer.Usage = null;
        }

        return new StubChatClient
        {
            OnResponse = async _ =>
            {
                await Task.Yield();
                return failsAt >= 0 ? throw new IOException() : answer;
            },
            OnStream = _ => new StubUpdates([.. Enumerable.Repeat(0, 8).Select(static _ => new ChatResponseUpdate(ChatRole.Assistant, "Words and words. "))])
            {
                OnMoveNext = async (move, token) =>
                {
                    await Task.Yield();
                    if (move == stopsAt)
                    {
                        await stop.CancelAsync();
                    }

                    token.ThrowIfCancellationRequested();
                    if (move == failsAt)
                    {
                        throw new IOException();
                    }
                },
            },
        };
    }

    private static async Task ReadAsync(IAsyncEnumerable<ChatResponseUpdate> stream, int most)
    {
        await foreach (var _ in stream)
        {
            if (--most == 0)
            {
                break;
            }
        }
    }
}
