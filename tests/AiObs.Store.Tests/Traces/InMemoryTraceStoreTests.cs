using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Traces;

public sealed class InMemoryTraceStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_MoreTracesThanFit_DropsTheOldestWhole()
    {
        var store = new InMemoryTraceStore(new() { MaxTraces = 2 });

        await store.AppendAsync([SpanSamples.Call(1), SpanSamples.Call(1, 2), SpanSamples.Call(2), SpanSamples.Call(3)], Stop);

        await AssertKeptAsync(store, 3, 2);
        Assert.Equal((1L, 2L), (store.DroppedTraceCount, store.DroppedSpanCount));
        Assert.Equal(4, Assert.Single(await store.SummarizeAsync(LatencyQuery.All, Stop)).Histogram.Count);
    }

    [Fact]
    public async Task AppendAsync_NoisySource_DrivesOutItselfAlone()
    {
        var store = new InMemoryTraceStore(new() { MaxSpans = 5 });
        await store.AppendAsync([SpanSamples.Call(1) with { Source = "quiet" }], Stop);

        for (var trace = 2; trace < 50; trace++)
        {
            await store.AppendAsync([SpanSamples.Call(trace), SpanSamples.Call(trace, 2)], Stop);
        }

        await AssertKeptAsync(store, 49, 48, 1);
        Assert.Equal((46L, 92L), (store.DroppedTraceCount, store.DroppedSpanCount));
    }

    [Fact]
    public async Task AppendAsync_TraceThatAloneIsTooLarge_KeepsItsFirstSpansAndThoseOfOthers()
    {
        var store = new InMemoryTraceStore(new() { MaxSpans = 3 });

        await store.AppendAsync(
            [SpanSamples.Call(1) with { Source = "quiet" }, .. Enumerable.Range(1, 5).Select(static span => SpanSamples.Call(2, span))], Stop);

        await AssertKeptAsync(store, 2, 1);
        Assert.Equal(2, (await store.FindAsync(SpanSamples.TraceId(2), Stop))!.SpanCount);
        Assert.Equal((0L, 3L), (store.DroppedTraceCount, store.DroppedSpanCount));
    }

    [Fact]
    public async Task AppendAsync_TraceOlderThanAllOfItsSource_IsTheOneLeftOut()
    {
        var store = new InMemoryTraceStore(new() { MaxTraces = 2 });

        await store.AppendAsync([SpanSamples.Call(2), SpanSamples.Call(3), SpanSamples.Call(1)], Stop);

        await AssertKeptAsync(store, 3, 2);
        Assert.Equal((0L, 1L), (store.DroppedTraceCount, store.DroppedSpanCount));
    }

    [Fact]
    public async Task AppendAsync_MoreContentThanFits_DropsTheOldestAndCountsWhatWasErased()
    {
        var store = new InMemoryTraceStore(new() { MaxContentBytes = 1_024 });
        var half = new SpanContent(new string('x', 256));
        await store.AppendAsync([SpanSamples.Call(1) with { Content = half }, SpanSamples.Call(2) with { Content = half }, SpanSamples.Call(3)], Stop);

        await store.AppendAsync([SpanSamples.Call(4) with { Content = half }], Stop);
        await AssertKeptAsync(store, 4, 3, 2);

        await store.EraseContentAsync(TraceQuery.All, Stop);
        await store.AppendAsync([SpanSamples.Call(5) with { Content = half }, SpanSamples.Call(6) with { Content = half }], Stop);
        await AssertKeptAsync(store, 6, 5, 4, 3, 2);
    }

    [Fact]
    public async Task AppendAsync_ContentThatAloneIsTooLarge_IsLeftOutAndDrivesNobodyOut()
    {
        var store = new InMemoryTraceStore(new() { MaxContentBytes = 1_024 });
        await store.AppendAsync([SpanSamples.Call(1) with { Content = new("{}") }, SpanSamples.Call(2)], Stop);

        await store.AppendAsync([SpanSamples.Call(3) with { Content = new(new string('x', 513)) }], Stop);

        await AssertKeptAsync(store, 3, 2, 1);
        Assert.Equal((0L, 0L), (store.DroppedTraceCount, store.DroppedSpanCount));
        Assert.Null(await store.FindContentAsync(SpanSamples.TraceId(3), SpanSamples.SpanId(1), Stop));
        Assert.Equal(new SpanContent("{}"), await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(1), Stop));
    }

    [Theory]
    [InlineData(0, 1, 1_024)]
    [InlineData(1, 0, 1_024)]
    [InlineData(1, 1, 1_023)]
    public void Constructor_LimitThatIsNone_Throws(int traces, int spans, long bytes) => Assert.Throws<ArgumentException>(
        () => new InMemoryTraceStore(new() { MaxTraces = traces, MaxSpans = spans, MaxContentBytes = bytes }));

    private static async Task AssertKeptAsync(InMemoryTraceStore store, params int[] numbers)
    {
        var page = await store.ListAsync(TraceQuery.All, Stop);
        Assert.Equal(numbers, page.Traces.Select(static trace => Convert.ToInt32(trace.TraceId, 16)));
    }
}
