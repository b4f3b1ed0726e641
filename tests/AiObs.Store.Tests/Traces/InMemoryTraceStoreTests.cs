using AiObs.StoreContracts;
using AiObs.TestSupport;

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

    [Fact]
    public async Task AppendAsync_MoreAttributesAndEventsThanFit_DropsTheOldest()
    {
        var store = new InMemoryTraceStore(new() { MaxContentBytes = 1_024 });
        var (attributes, events) = (new string('x', 256), new string('y', 256));

        await store.AppendAsync([SpanSamples.Call(1) with { Attributes = attributes }, SpanSamples.Call(2) with { Events = events }], Stop);
        await AssertKeptAsync(store, 2, 1);
        await store.AppendAsync([SpanSamples.Call(3) with { Attributes = attributes }], Stop);

        await AssertKeptAsync(store, 3, 2);
    }

    [Fact]
    public async Task AppendAsync_AttributesThatAloneAreTooLarge_AreLeftOutAndDriveNobodyOut()
    {
        var store = new InMemoryTraceStore(new() { MaxContentBytes = 1_024 });
        await store.AppendAsync([SpanSamples.Call(1)], Stop);

        await store.AppendAsync([SpanSamples.Call(2) with { Attributes = new('x', 513), Events = "[]", Content = new("{}") }], Stop);

        await AssertKeptAsync(store, 2, 1);
        var span = Assert.Single((await store.ListSpansAsync(new() { TraceId = SpanSamples.TraceId(2), Detail = SpanDetail.Content }, Stop)).Spans);
        Assert.Equal(("{}", null, null, true), (span.Attributes, span.Events, span.Content, span.HadContent));
    }

    [Fact]
    public async Task AppendAsync_RandomSpansOfManySources_DropsWhatTheRuleSays()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var options = new TraceOptions { MaxTraces = 1 + random.Next(12), MaxSpans = 1 + random.Next(30), MaxContentBytes = 1_024 };
            var (store, rule) = (new InMemoryTraceStore(options), new DropRule(options));
            foreach (var span in SpanSamples.Random(seed, traces: 60))
            {
                await store.AppendAsync([span], Stop);
                rule.Add(span);
            }

            Assert.Equal(
                rule.Kept.Select(static span => (span.TraceId, span.SpanId)).Order(),
                (await store.ListSpansAsync(new() { PageSize = 1_000 }, Stop)).Spans.Select(static span => (span.TraceId, span.SpanId)).Order());
            Assert.Equal((rule.DroppedTraceCount, rule.DroppedSpanCount), (store.DroppedTraceCount, store.DroppedSpanCount));
        }
    }

    [Fact]
    public async Task ApplyRetentionAsync_RuleThatDropsSome_MakesRoomForAsMuch()
    {
        var store = new InMemoryTraceStore(new() { MaxSpans = 6, MaxContentBytes = 1_200 }, new TestClock(SpanSamples.Start.AddHours(1)));
        var content = new SpanContent(new string('x', 100));
        await store.AppendAsync([.. Enumerable.Range(1, 6).Select(trace => SpanSamples.Call(trace) with { Content = content })], Stop);

        Assert.Equal(4, (await store.ApplyRetentionAsync(new(MaxSpans: 2), Stop)).Count);
        await store.AppendAsync([.. Enumerable.Range(7, 4).Select(trace => SpanSamples.Call(trace) with { Content = content })], Stop);
        await AssertKeptAsync(store, 10, 9, 8, 7, 6, 5);
        Assert.Equal(0, store.DroppedTraceCount);

        await store.ApplyRetentionAsync(new(MaxContentAge: TimeSpan.Zero), Stop);
        await store.ApplyRetentionAsync(new(MaxAge: TimeSpan.FromHours(1) - TimeSpan.FromSeconds(9)), Stop);
        await AssertKeptAsync(store, 10, 9, 8);
        await store.AppendAsync([.. Enumerable.Range(11, 2).Select(static trace => SpanSamples.Call(trace) with { Content = new(new string('x', 300)) })], Stop);
        Assert.Equal(0, store.DroppedTraceCount);
        await store.AppendAsync([SpanSamples.Call(13) with { Content = new("x") }], Stop);
        await AssertKeptAsync(store, 13, 12);
    }

    [Fact]
    public async Task CountFacetAsync_WhileSpansArrive_NeverBreaks()
    {
        var store = new InMemoryTraceStore();
        var appending = Task.Run(
            async () =>
            {
                for (var span = 1; span <= 3_000; span++)
                {
                    await store.AppendAsync([SpanSamples.Call(1, span) with { Tags = [$"tag {span}"] }], Stop);
                }
            },
            Stop);
        do
        {
            await store.CountFacetAsync(TraceQuery.All, TraceFacet.Tag, cancellationToken: Stop);
        }
        while (!appending.IsCompleted);

        await appending;
        Assert.Equal(1_000, (await store.CountFacetAsync(TraceQuery.All, TraceFacet.Tag, top: 1_000, Stop)).Count);
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
