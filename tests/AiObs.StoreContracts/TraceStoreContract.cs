using AiObs.Store;

namespace AiObs.StoreContracts;

/// <summary>What every <see cref="ITraceStore"/> does. A test class derives from it for each implementation.</summary>
public abstract partial class TraceStoreContract
{
    /// <summary>Makes an empty store for one test.</summary>
    /// <param name="clock">The clock.</param>
    protected abstract ValueTask<ITraceStore> CreateStoreAsync(TimeProvider clock);

    // No test keeps as many: a store whose pages go round in circles fails instead of hanging.
    private const int MostPages = 2_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static TimeProvider Clock { get; } = new StoppedClock(SpanSamples.Start.AddHours(1));

    private async Task<ITraceStore> CreateStoreAsync(params IReadOnlyList<SpanRecord> spans)
    {
        var store = await CreateStoreAsync(Clock);
        foreach (var batch in spans.Chunk(50))
        {
            await store.AppendAsync(batch, Stop);
        }

        return store;
    }

    private static async Task<List<TraceSummary>> ReadAsync(ITraceStore store, TraceQuery query)
    {
        List<TraceSummary> traces = [];
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await store.ListAsync(query, Stop);
            Assert.InRange(page.Traces.Count, page.NextCursor is null ? 0 : query.PageSize, query.PageSize);
            traces.AddRange(page.Traces);
            if (page.NextCursor is null)
            {
                return traces;
            }

            query = query with { Cursor = page.NextCursor };
        }

        Assert.Fail("The pages have no end.");
        return traces;
    }

    private static async Task<List<SpanRecord>> ReadSpansAsync(ITraceStore store, SpanQuery query)
    {
        List<SpanRecord> spans = [];
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await store.ListSpansAsync(query, Stop);
            Assert.InRange(page.Spans.Count, page.NextCursor is null ? 0 : query.PageSize, query.PageSize);
            spans.AddRange(page.Spans);
            if (page.NextCursor is null)
            {
                return spans;
            }

            query = query with { Cursor = page.NextCursor };
        }

        Assert.Fail("The pages have no end.");
        return spans;
    }

    /// <summary>Checks which traces are found, in whatever order.</summary>
    private static async Task AssertFoundAsync(ITraceStore store, TraceQuery query, params int[] numbers)
    {
        var found = await ReadAsync(store, query);
        Assert.Equal(numbers, found.Select(static trace => Convert.ToInt32(trace.TraceId, 16)).Order());
    }

    /// <summary>Writes a span with all that it has, for records compare lists by reference.</summary>
    private static string Text(SpanRecord span) => $"{span with { Tags = [], Time = span.Time.ToUniversalTime() }} tags {string.Join('|', span.Tags)}";

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
