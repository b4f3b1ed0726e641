using AiObs.Store.Sql.Traces;
using AiObs.Store.Traces;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Traces;

/// <summary>What every feed does, whatever it is told by.</summary>
public abstract class TraceFeedContract
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TestClock Clock { get; } = new(SpanSamples.Start.AddHours(1));

    /// <summary>Gets a value indicating whether somebody asks the store, so that a change is told of later than it happens.</summary>
    protected abstract bool IsPolled { get; }

    [Fact]
    public async Task WatchAsync_Spans_TellsOfEachTraceThatPassesAsItIs()
    {
        var (store, feed) = await CreateAsync(Clock);
        await store.AppendAsync([SpanSamples.Call(9) with { Model = "m" }], Stop);
        await using var changes = feed.WatchAsync(new() { Model = "m" }, Stop).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);

        await store.AppendAsync([SpanSamples.Call(2), SpanSamples.Call(1) with { Model = "m" }, SpanSamples.Call(1, 2), SpanSamples.Call(3) with { Model = "m" }], Stop);

        Assert.True(await NextAsync(first));
        Assert.Equal((await store.FindAsync(SpanSamples.TraceId(1), Stop), 0L), (changes.Current.Trace, changes.Current.MissedCount));
        Assert.Equal(2, changes.Current.Trace.SpanCount);
        Assert.True(await NextAsync(changes.MoveNextAsync().AsTask()));
        Assert.Equal(SpanSamples.TraceId(3), changes.Current.Trace.TraceId);

        // The new span alone would not pass; its trace does.
        await store.AppendAsync([SpanSamples.Call(1, 3), SpanSamples.Call(4)], Stop);
        Assert.True(await NextAsync(changes.MoveNextAsync().AsTask()));
        Assert.Equal((SpanSamples.TraceId(1), 3L), (changes.Current.Trace.TraceId, changes.Current.Trace.SpanCount));
    }

    [Fact]
    public async Task WatchAsync_SeveralWatchers_EachHearOfTheirs()
    {
        var (store, feed) = await CreateAsync(Clock);
        await using var all = feed.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop);
        await using var same = feed.WatchAsync(TraceQuery.All with { PageSize = 1, Order = TraceOrder.Slowest }, Stop).GetAsyncEnumerator(Stop);
        await using var failed = feed.WatchAsync(new() { Status = TraceStatus.Error }, Stop).GetAsyncEnumerator(Stop);
        await using var one = feed.WatchAsync(new() { TraceIds = [SpanSamples.TraceId(2), SpanSamples.TraceId(3)] }, Stop).GetAsyncEnumerator(Stop);
        Task<bool>[] first = [await StartAsync(all), same.MoveNextAsync().AsTask(), failed.MoveNextAsync().AsTask(), one.MoveNextAsync().AsTask()];

        await store.AppendAsync([SpanSamples.Call(1), SpanSamples.Call(2), SpanSamples.Call(3) with { IsError = true }], Stop);

        Assert.All(await Task.WhenAll(first.Select(NextAsync)), Assert.True);
        Assert.Equal([1, 2, 3], await RestAsync(all, 3));
        Assert.Equal([1, 2, 3], await RestAsync(same, 3));
        Assert.Equal([3], await RestAsync(failed, 1));
        Assert.Equal([2, 3], await RestAsync(one, 2));
    }

    [Fact]
    public async Task WatchAsync_SlowReader_MissesTheOldestAndHearsHowMany()
    {
        var (store, feed) = await CreateAsync(Clock);
        await using var changes = feed.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);
        await store.AppendAsync([SpanSamples.Call(1)], Stop);
        Assert.True(await NextAsync(first));
        await using var marker = feed.WatchAsync(new() { TraceIds = [SpanSamples.TraceId(5_000)] }, Stop).GetAsyncEnumerator(Stop);
        var marked = marker.MoveNextAsync().AsTask();

        await store.AppendAsync([.. Enumerable.Range(2, TraceWatcher.Capacity + 6).Select(static trace => SpanSamples.Call(trace))], Stop);
        await store.AppendAsync([SpanSamples.Call(5_000)], Stop);
        Assert.True(await NextAsync(marked));

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal((SpanSamples.TraceId(9), 7L), (changes.Current.Trace.TraceId, changes.Current.MissedCount));
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(0, changes.Current.MissedCount);
    }

    [Fact]
    public async Task WatchAsync_SomebodyLeftAndAnotherCame_HearsFromThenOn()
    {
        var (store, feed) = await CreateAsync(Clock);
        await using (var left = feed.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop))
        {
            var heard = await StartAsync(left);
            await store.AppendAsync([SpanSamples.Call(1)], Stop);
            Assert.True(await NextAsync(heard));
        }

        await LeaveAsync(store);
        await store.AppendAsync([SpanSamples.Call(2)], Stop);
        await using var changes = feed.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);
        await store.AppendAsync([SpanSamples.Call(3)], Stop);

        Assert.True(await NextAsync(first));
        Assert.Equal(SpanSamples.TraceId(3), changes.Current.Trace.TraceId);
    }

    [Fact]
    public async Task WatchAsync_AllSpansAreGone_StillTellsOfNewOnes()
    {
        var (store, feed) = await CreateAsync(Clock);
        await store.AppendAsync([SpanSamples.Call(1), SpanSamples.Call(1, 2), SpanSamples.Call(1, 3)], Stop);
        await using var changes = feed.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);

        await store.ApplyRetentionAsync(new(MaxSpans: 0), Stop);
        await store.AppendAsync([SpanSamples.Call(2)], Stop);

        Assert.True(await NextAsync(first));
        Assert.Equal(SpanSamples.TraceId(2), changes.Current.Trace.TraceId);
    }

    [Fact]
    public async Task WatchAsync_Cancelled_Ends()
    {
        var (_, feed) = await CreateAsync(Clock);
        using var cancellation = new CancellationTokenSource();
        await using var changes = feed.WatchAsync(TraceQuery.All, cancellation.Token).GetAsyncEnumerator(Stop);
        var next = changes.MoveNextAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task WatchAsync_NoQuery_Throws()
    {
        var (_, feed) = await CreateAsync(Clock);

        Assert.Throws<ArgumentNullException>("query", () => feed.WatchAsync(null!, Stop));
    }

    /// <summary>Makes an empty store, and its feed.</summary>
    protected abstract ValueTask<(ITraceStore Store, ITraceFeed Feed)> CreateAsync(TimeProvider clock);

    /// <summary>Begins to watch.</summary>
    private async Task<Task<bool>> StartAsync(IAsyncEnumerator<TraceChange> changes)
    {
        var first = changes.MoveNextAsync().AsTask();
        while (IsPolled && !Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1)))
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return first;
    }

    /// <summary>Lets whoever asks find that nobody watches.</summary>
    private async Task LeaveAsync(ITraceStore store)
    {
        while (store is SqlTraceStore { Polling.IsCompleted: false })
        {
            Stop.ThrowIfCancellationRequested();
            Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private async Task<bool> NextAsync(Task<bool> next)
    {
        while (!next.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            Clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }

    private async Task<List<int>> RestAsync(IAsyncEnumerator<TraceChange> changes, int count)
    {
        List<int> numbers = [Convert.ToInt32(changes.Current.Trace.TraceId, 16)];
        while (numbers.Count < count && await NextAsync(changes.MoveNextAsync().AsTask()))
        {
            numbers.Add(Convert.ToInt32(changes.Current.Trace.TraceId, 16));
        }

        return numbers;
    }
}
