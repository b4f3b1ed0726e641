using System.Diagnostics;
using AiObs.Store.Sql.Traces;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class SqlTraceFeedTests(DatabaseFixture databases)
{
    private readonly TestClock _clock = new(SpanSamples.Start.AddHours(1));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task WatchAsync_SpansOfAnotherProcess_AreToldOf(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var changes = Watch(database.OpenTraces(_clock)).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);

        await database.OpenTraces().AppendAsync([SpanSamples.Call(1)], Stop);

        Assert.True(await AdvanceUntilAsync(first));
        Assert.Equal(SpanSamples.TraceId(1), changes.Current.Trace.TraceId);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task WatchAsync_DatabaseThatWasAway_TellsOfWhatCameMeanwhile(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenTraces(_clock);
        await using var changes = Watch(store).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);
        await store.AppendAsync([SpanSamples.Call(1)], Stop);
        await database.ExecuteAsync("ALTER TABLE aiobs_span_positions RENAME TO aiobs_away", Stop);
        for (var second = 0; second < 3; second++)
        {
            await LookAgainAsync();
        }

        Assert.False(first.IsCompleted);
        await database.ExecuteAsync("ALTER TABLE aiobs_away RENAME TO aiobs_span_positions", Stop);

        Assert.True(await AdvanceUntilAsync(first));
        Assert.Equal(SpanSamples.TraceId(1), changes.Current.Trace.TraceId);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task WatchAsync_ManyOfTheSameTraces_LooksOnceForAll(DatabaseKind kind)
    {
        var name = $"feed-{Guid.NewGuid():N}";
        List<string> operations = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "AiObs.Store",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("aiobs.store.name") as string == name && span.OperationName == "trace.query")
                {
                    lock (operations)
                    {
                        operations.Add(span.ParentId ?? "top");
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenTraces(_clock, name);
        using var request = new Activity("request").Start();
        var watching = Enumerable.Range(0, 100).Select(_ => Watch(store).GetAsyncEnumerator(Stop)).ToArray();
        List<Task<bool>> first = [await StartAsync(watching[0])];
        first.AddRange(watching[1..].Select(static changes => changes.MoveNextAsync().AsTask()));

        await store.AppendAsync([SpanSamples.Call(1), SpanSamples.Call(2)], Stop);
        foreach (var heard in first)
        {
            Assert.True(await AdvanceUntilAsync(heard));
        }

        // Nor does the look belong to the request of the one who came first.
        Assert.Equal(["top"], operations);
        foreach (var changes in watching)
        {
            await changes.DisposeAsync();
        }
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task WatchAsync_NobodyIsLeft_AsksNoMore(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenTraces(_clock);
        var feed = new SqlTraceFeed(database.Open(_clock), "traces", store.ListAsync);
        await using (var changes = feed.WatchAsync(TraceQuery.All, Stop).GetAsyncEnumerator(Stop))
        {
            var first = await StartAsync(changes);
            await store.AppendAsync([SpanSamples.Call(1)], Stop);
            Assert.True(await AdvanceUntilAsync(first));
        }

        await AdvanceUntilAsync(feed.Polling.ContinueWith(static ended => ended.IsCompletedSuccessfully, Stop, default, TaskScheduler.Default));
        Assert.False(_clock.TryAdvanceToNextTimer(TimeSpan.FromDays(1)));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task WatchAsync_StoreIsDisposed_Ends(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var changes = Watch(database.OpenTraces(_clock)).GetAsyncEnumerator(Stop);
        var first = await StartAsync(changes);

        await database.CloseAsync();

        Assert.False(await AdvanceUntilAsync(first));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_AfterTheLastSpansWereDropped_GivesNoPositionTwice(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var store = database.OpenTraces(_clock);
        await store.AppendAsync([SpanSamples.Call(1), SpanSamples.Call(1, 2), SpanSamples.Call(2)], Stop);
        await store.ApplyRetentionAsync(new(MaxSpans: 0), Stop);

        await store.AppendAsync([SpanSamples.Call(3), SpanSamples.Call(4)], Stop);

        Assert.Equal(4L, await database.QueryAsync("SELECT min(position) FROM aiobs_spans", Stop));
    }

    private static IAsyncEnumerable<TraceChange> Watch(ITraceStore store) => Assert.IsType<ITraceFeed>(store, exactMatch: false).WatchAsync(TraceQuery.All, Stop);

    /// <summary>Begins to watch, and waits until the database was looked at.</summary>
    private async Task<Task<bool>> StartAsync(IAsyncEnumerator<TraceChange> changes)
    {
        var first = changes.MoveNextAsync().AsTask();
        await LookAgainAsync();
        return first;
    }

    private async Task LookAgainAsync()
    {
        while (!_clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1)))
        {
            Stop.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task<bool> AdvanceUntilAsync(Task<bool> next)
    {
        while (!next.IsCompleted)
        {
            Stop.ThrowIfCancellationRequested();
            _clock.TryAdvanceToNextTimer(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }
}
