using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Traces;

/// <summary>Compares a store with what it should have.</summary>
internal static class TraceReading
{
    /// <summary>Asserts that spans, contents, traces, facets and durations are those of some spans, and nothing else.</summary>
    /// <param name="store">The store.</param>
    /// <param name="spans">The spans.</param>
    /// <param name="stop">Cancels it.</param>
    /// <param name="measured">The spans whose durations it has, which outlive them; the same when <see langword="null"/>.</param>
    public static async Task AssertHasAsync(ITraceStore store, IReadOnlyList<SpanRecord> spans, CancellationToken stop, IReadOnlyList<SpanRecord>? measured = null)
    {
        var model = new TraceModel(spans);
        List<SpanRecord> kept = [];
        var query = new SpanQuery { Detail = SpanDetail.Content, PageSize = SpanQuery.MaxPageSize };
        do
        {
            var page = await store.ListSpansAsync(query, stop);
            kept.AddRange(page.Spans);
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);

        Assert.Equal(model.Spans.Select(IdOf), kept.Select(IdOf));
        Assert.Equal(model.List(TraceQuery.All).Take(TraceQuery.MaxPageSize), (await store.ListAsync(new() { PageSize = TraceQuery.MaxPageSize }, stop)).Traces);
        foreach (var facet in Enum.GetValues<TraceFacet>())
        {
            Assert.Equal(model.CountFacet(TraceQuery.All, facet), await store.CountFacetAsync(TraceQuery.All, facet, top: 1_000, stop));
        }

        var durations = (await store.SummarizeAsync(LatencyQuery.All, stop)).Sum(static group => group.Histogram.Count);
        Assert.Equal(new TraceModel(measured ?? spans).Spans.LongCount(static span => span.Kind is not null), durations);
    }

    private static (string, string, string?) IdOf(SpanRecord span) => (span.TraceId, span.SpanId, span.Content?.Attributes);
}
