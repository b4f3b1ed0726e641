using AiObs.Cost.Budgets;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Budgets;

/// <summary>
/// However streams run side by side, and however each of them ends: each has one record and one span, nothing stays reserved, and what the budget
/// counts is what the records say.
/// </summary>
public sealed class LimitedStreamProperties
{
    private static readonly Gen<int[]> Steps = Gen.Choose(0, 1_000_000).ArrayOf(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Streams_AnyInterleaving_SettleWhatTheyTook(bool endsStreams) =>
        Fuzz.Check(Steps, steps => Task.Run(() => RunAsync(steps, endsStreams)).GetAwaiter().GetResult(), cases: 40);

    private static async Task RunAsync(int[] steps, bool endsStreams)
    {
        using var costs = new CostFixture(options => options.Budgets.Add(
            new Budget { Name = "b", Limit = 0.02m, Window = BudgetWindow.Lifetime, EndStreams = endsStreams }));
        var running = new List<Running>();
        var started = 0;
        foreach (var step in steps)
        {
            var random = new Random(step);
            if (random.Next(3) == 0 || running.Count == 0)
            {
                started += await TryStartAsync(costs, random, running) ? 1 : 0;
            }
            else
            {
                await MoveAsync(running[random.Next(running.Count)], random, running);
            }
        }

        foreach (var stream in running.ToList())
        {
            await stream.EndAsync(running);
        }

        var status = costs.Root.Costs!.Budgets.Find("b")!;
        Assert.Equal((started, started), (costs.Records.Count, costs.Spans.Spans.Count));
        Assert.Equal((costs.Records.Sum(static record => record.Total ?? 0), 0), (status.Spent, status.Reserved));
        Assert.DoesNotContain(costs.Logs.GetSnapshot(), static log => log.Message.StartsWith("Observing failed", StringComparison.Ordinal));
    }

    private static async Task<bool> TryStartAsync(CostFixture costs, Random random, List<Running> running)
    {
        var stream = new Running(costs.Root, random);
        try
        {
            await stream.MoveAsync();
            running.Add(stream);
            return true;
        }
        catch (BudgetExceededException)
        {
            await stream.EndAsync(running);
            return false;
        }
    }

    private static async Task MoveAsync(Running stream, Random random, List<Running> running)
    {
        switch (random.Next(8))
        {
            case 0:
                await stream.EndAsync(running);
                break;
            case 1:
                await stream.CancelAsync();
                break;
        }

        if (running.Contains(stream) && !await stream.MoveAsync())
        {
            await stream.EndAsync(running);
        }
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _cancellation = new();
        private readonly IAsyncEnumerator<ChatResponseUpdate> _stream;

        public Running(AgentObservability root, Random random)
        {
            var count = random.Next(1, 20);
            var fails = random.Next(5) == 0;

            // Each update says something: a call that fails before that takes nothing and has no record.
            ChatResponseUpdate[] updates =
            [
                .. Enumerable.Range(0, count).Select(_ => new ChatResponseUpdate(ChatRole.Assistant, new string('x', random.Next(1, 200))) { ModelId = "stub-model-1" }),
                .. random.Next(2) == 0 ? [new ChatResponseUpdate { Contents = [new UsageContent(new() { InputTokenCount = 5, OutputTokenCount = random.Next(900) })] }] : Array.Empty<ChatResponseUpdate>(),
            ];
            var client = new StubChatClient
            {
                OnStream = _ => new StubUpdates(updates)
                {
                    OnMoveNext = (move, token) => token.IsCancellationRequested ? ValueTask.FromCanceled(token)
                        : fails && move == count ? ValueTask.FromException(new IOException())
                        : ValueTask.CompletedTask,
                },
            }.UseCostTracking(root);
            _stream = client.GetStreamingResponseAsync("Hi", new() { MaxOutputTokens = random.Next(2) == 0 ? random.Next(1, 400) : null }, _cancellation.Token)
                .GetAsyncEnumerator(_cancellation.Token);
        }

        public Task CancelAsync() => _cancellation.CancelAsync();

        /// <summary>Reads an update; <see langword="false"/> where the stream is at its end, of whatever kind.</summary>
        public async Task<bool> MoveAsync()
        {
            try
            {
                return await _stream.MoveNextAsync();
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                return false;
            }
        }

        public ValueTask EndAsync(List<Running> running)
        {
            running.Remove(this);
            return DisposeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await _stream.DisposeAsync();
            _cancellation.Dispose();
        }
    }
}
