using AiObs.Store.Tests.Traces;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.DoctorChecks;

public sealed class TraceChecksTests
{
    /// <summary>Between two tries; a write has a minute, which is not to pass.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Healthy_RootThatKeepsTraces_HasNoFindingButThatNothingIsPriced()
    {
        await using var traced = new TracedRoot(build: static builder => builder.Configure(static o => o.CaptureContent = ContentCapture.All).AddCostTracking());

        await traced.AskAsync(Calls.Priced);
        await traced.SpansAsync();

        Assert.Empty(await traced.Root.Doctor.RunAsync(Token));
    }

    [Fact]
    public async Task Store_IsDown_IsFoundUntilItIsBack()
    {
        var (isDown, tries) = (true, 0);
        var store = new StubTraceStore
        {
            OnAppend = (_, _) =>
            {
                Interlocked.Increment(ref tries);
                return Volatile.Read(ref isDown) ? throw new InvalidOperationException("secret") : Task.CompletedTask;
            },
        };
        await using var traced = new TracedRoot(store);

        await traced.AskAsync(new StubChatClient());
        await AdvanceUntilAsync(traced, () => Volatile.Read(ref tries) >= 20);
        var finding = Assert.Single(await FindAsync(traced, "AIOBS032"));
        Volatile.Write(ref isDown, false);
        while ((await FindAsync(traced, "AIOBS032")).Count > 0)
        {
            traced.Clock.TryAdvanceToNextTimer(LongestPause);
            await Task.Yield();
        }

        Assert.Equal(DoctorSeverity.Error, finding.Severity);
        Assert.Matches("^The trace store is broken after [0-9]+ failures, last System.InvalidOperationException; 1 of 10000 spans wait.$", finding.Seen);
        Assert.Single(await traced.SpansAsync());
        Assert.Empty(await FindAsync(traced, "AIOBS033"));
    }

    [Fact]
    public async Task Spans_FindTheQueueFull_AreCounted()
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var store = new StubTraceStore
        {
            OnAppend = (_, _) =>
            {
                begun.TrySetResult();
                return gate.Task;
            },
        };
        await using var traced = new TracedRoot(store, configure: static options => options.QueueCapacity = 3);
        await traced.AskAsync(new StubChatClient());
        await traced.AdvanceUntilAsync(begun.Task);

        for (var call = 0; call < 5; call++)
        {
            await traced.AskAsync(new StubChatClient());
        }

        gate.SetResult();
        Assert.Equal("3 spans were lost: 3 found the queue full.", Assert.Single(await FindAsync(traced, "AIOBS033")).Seen);
    }

    [Fact]
    public async Task Stream_LeftWithoutBeingDisposed_IsFoundAfterHalfAnHour()
    {
        await using var traced = new TracedRoot();

        // Spans have the times of the system.
        traced.Clock.Advance(DateTimeOffset.UtcNow - traced.Clock.GetUtcNow());
        var client = new StubChatClient().UseAgentObservability(traced.Root);
        var stream = client.GetStreamingResponseAsync("Hi", cancellationToken: Token).GetAsyncEnumerator(Token);
        await stream.MoveNextAsync();
        traced.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Empty(await FindAsync(traced, "AIOBS006"));

        traced.Clock.Advance(TimeSpan.FromMinutes(2));
        var finding = Assert.Single(await FindAsync(traced, "AIOBS006"));
        await stream.DisposeAsync();

        Assert.Matches("^1 model calls have not ended for more than 30 minutes; the oldest is chat stub-model, since ", finding.Seen);
        Assert.Empty(await FindAsync(traced, "AIOBS006"));
    }

    private static async Task AdvanceUntilAsync(TracedRoot traced, Func<bool> isReached)
    {
        while (!isReached())
        {
            Token.ThrowIfCancellationRequested();
            traced.Clock.TryAdvanceToNextTimer(LongestPause);
            await Task.Yield();
        }
    }

    private static async Task<IReadOnlyList<DoctorFinding>> FindAsync(TracedRoot traced, string id) =>
        [.. (await traced.Root.Doctor.RunAsync(Token)).Where(finding => finding.Id == id)];
}
