using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class TraceStoreContract
{
    [Fact]
    public async Task FindContentAsync_Span_ReturnsWhatWasSaidInIt()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1), SpanSamples.Call(2));

        Assert.Equal(new SpanContent("""{"input.value":"secret"}"""), await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(1), Stop));
        Assert.Null(await store.FindContentAsync(SpanSamples.TraceId(2), SpanSamples.SpanId(1), Stop));
        Assert.Null(await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(2), Stop));
        Assert.Null(await store.FindContentAsync("no trace", "no span", Stop));
    }

    [Fact]
    public async Task EraseContentAsync_OfAUser_ErasesThatOfAllSpansOfTheTracesAndKeepsTheSpans()
    {
        var store = await CreateStoreAsync(
            SpanSamples.FullCall(1) with { UserId = "ann" },
            SpanSamples.FullCall(1) with { UserId = null, SpanId = SpanSamples.SpanId(2), IsRoot = false },
            SpanSamples.Call(1, 3) with { UserId = "ann" },
            SpanSamples.FullCall(2) with { UserId = "bob" });
        var before = await ReadSpansAsync(store, SpanQuery.All);

        var erasure = await store.EraseContentAsync(new() { UserId = "ann", PageSize = 1 }, Stop);
        var again = await store.EraseContentAsync(new() { UserId = "ann" }, Stop);

        Assert.Equal((2L, 0L), (erasure.Count, again.Count));
        Assert.Equal(before.Select(Text), (await ReadSpansAsync(store, SpanQuery.All)).Select(Text));
        Assert.Equal(
            [null, null, null, """{"input.value":"secret"}"""],
            (await ReadSpansAsync(store, new() { Detail = SpanDetail.Content })).Select(static span => span.Content?.Attributes));
        Assert.Null(await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(1), Stop));
        Assert.Equal([true, true, false, true], before.Select(static span => span.HadContent));
    }

    [Fact]
    public async Task EraseContentAsync_ThenTheSpanAgain_DoesNotBringTheContentBack()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1));
        await store.EraseContentAsync(TraceQuery.All, Stop);

        await store.AppendAsync([SpanSamples.FullCall(1)], Stop);

        Assert.Null(await store.FindContentAsync(SpanSamples.TraceId(1), SpanSamples.SpanId(1), Stop));
    }

    [Fact]
    public async Task ApplyRetentionAsync_Age_DropsTracesWholeByTheirLastEnd()
    {
        var store = await CreateStoreAsync(
            SpanSamples.Call(1) with { Tool = "old" },
            SpanSamples.Call(2),
            SpanSamples.Call(2, 2) with { Time = SpanSamples.Start.AddMinutes(30) },
            SpanSamples.Call(3) with { Time = SpanSamples.Start.AddMinutes(29), Duration = TimeSpan.FromMinutes(1) });

        var dropped = await store.ApplyRetentionAsync(new(MaxAge: TimeSpan.FromMinutes(30)), Stop);

        Assert.Equal(1, dropped.Count);
        await AssertFoundAsync(store, TraceQuery.All, 2, 3);
        Assert.Equal(3, (await ReadSpansAsync(store, SpanQuery.All)).Count);
        Assert.Empty(await store.CountFacetAsync(TraceQuery.All, TraceFacet.Tool, cancellationToken: Stop));
        Assert.Equal(4, Assert.Single(await store.SummarizeAsync(LatencyQuery.All, Stop)).Histogram.Count);
    }

    [Theory]
    [InlineData(6, new[] { 1, 2, 3 })]
    [InlineData(5, new[] { 2, 3 })]
    [InlineData(3, new[] { 2, 3 })]
    [InlineData(2, new[] { 3 })]
    [InlineData(0, new int[0])]
    public async Task ApplyRetentionAsync_Number_DropsWhatStartedFirst(int most, int[] kept)
    {
        var store = await CreateStoreAsync(
            SpanSamples.Call(3),
            SpanSamples.Call(2),
            SpanSamples.Call(2, 2),
            SpanSamples.Call(1),
            SpanSamples.Call(1, 2),
            SpanSamples.Call(1, 3) with { Time = SpanSamples.Start.AddMinutes(50) });

        var dropped = await store.ApplyRetentionAsync(new(MaxSpans: most), Stop);

        await AssertFoundAsync(store, TraceQuery.All, kept);
        Assert.Equal(6 - dropped.Count, (await ReadSpansAsync(store, SpanQuery.All)).Count);
    }

    [Fact]
    public async Task ApplyRetentionAsync_ContentAge_DropsContentAndKeepsSpans()
    {
        var store = await CreateStoreAsync(
            SpanSamples.FullCall(1), SpanSamples.FullCall(1) with { SpanId = SpanSamples.SpanId(2), Time = SpanSamples.Start.AddMinutes(30) });

        var dropped = await store.ApplyRetentionAsync(new(MaxContentAge: TimeSpan.FromMinutes(30)), Stop);

        Assert.Equal(0, dropped.Count);
        Assert.Equal(
            [(true, null), (true, """{"input.value":"secret"}""")],
            (await ReadSpansAsync(store, new() { Detail = SpanDetail.Content })).Select(static span => (span.HadContent, span.Content?.Attributes)));
    }

    [Fact]
    public async Task ApplyRetentionAsync_LatencyAge_DropsWholeHoursAndKeepsSpans()
    {
        var store = await CreateStoreAsync(
            SpanSamples.Call(1) with { Time = SpanSamples.Start.AddMinutes(-1) }, SpanSamples.Call(2), SpanSamples.Call(3));

        await store.ApplyRetentionAsync(new(MaxLatencyAge: TimeSpan.FromMinutes(59)), Stop);

        Assert.Equal(2, Assert.Single(await store.SummarizeAsync(LatencyQuery.All, Stop)).Histogram.Count);
        Assert.Equal(3, (await ReadSpansAsync(store, SpanQuery.All)).Count);
    }

    [Fact]
    public async Task ApplyRetentionAsync_NoRule_KeepsAll()
    {
        var spans = SpanSamples.Random(seed: 11, traces: 20);
        var store = await CreateStoreAsync(spans);

        Assert.Equal(0, (await store.ApplyRetentionAsync(new(), Stop)).Count);

        Assert.Equal(new TraceModel(spans).List(TraceQuery.All), await ReadAsync(store, TraceQuery.All));
    }

    [Fact]
    public async Task ApplyRetentionAsync_RuleThatIsNone_IsRefused()
    {
        var store = await CreateStoreAsync();
        TraceRetention[] rules =
        [
            new(MaxAge: TimeSpan.FromTicks(-1)),
            new(MaxSpans: -1),
            new(MaxContentAge: TimeSpan.FromTicks(-1)),
            new(MaxLatencyAge: TimeSpan.FromTicks(-1)),
        ];

        foreach (var rule in rules)
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ApplyRetentionAsync(rule, Stop));
        }
    }
}
