using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Store.Tests.Traces;

public sealed class WrittenTraceFeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchAsync_StoreThatIsNoFeed_TellsOfWhatThisProcessWrites()
    {
        await using var traced = new TracedRoot(new StubTraceStore());
        await using var changes = traced.Root.TraceFeed!.WatchAsync(new() { Model = "good" }, Stop).GetAsyncEnumerator(Stop);
        var first = changes.MoveNextAsync();
        Assert.Same(traced.Root.TraceFeed, traced.Root.OwnServices!.GetRequiredService<ITraceFeed>());

        await traced.AskAsync(new StubChatClient(), new() { ModelId = "other" });
        await traced.AskAsync(new StubChatClient(), new() { ModelId = "good" });
        await traced.Root.FlushTracesAsync(Stop);

        Assert.True(await first);
        Assert.Equal(("chat good", 0L), (changes.Current.Trace.Name, changes.Current.MissedCount));
    }

    [Fact]
    public async Task WatchAsync_StoreCannotSay_KeepsTheSpansAndCountsWhatWasMissed()
    {
        var store = new StubTraceStore { OnList = static () => throw new InvalidOperationException("Down.") };
        await using var traced = new TracedRoot(store);
        await using var changes = traced.Root.TraceFeed!.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop);
        var first = changes.MoveNextAsync();

        await traced.AskAsync(new StubChatClient());
        await traced.Root.FlushTracesAsync(Stop);
        store.OnList = static () => { };
        await traced.AskAsync(new StubChatClient());
        await traced.Root.FlushTracesAsync(Stop);

        Assert.True(await first);
        Assert.Equal((1L, 1L), (changes.Current.Trace.SpanCount, changes.Current.MissedCount));
        Assert.Equal([1, 1], store.Batches);
        Assert.Empty(traced.Metrics.Of("aiobs.traces.dropped"));
    }
}
