using System.Collections.Concurrent;

namespace AiObs.Store.Tests.Traces;

/// <summary>A trace store in memory whose appends a test decides on.</summary>
internal sealed class StubTraceStore : ITraceStore
{
    private readonly InMemoryTraceStore _store = new();

    /// <summary>Gets or sets what an append does before it appends.</summary>
    public Func<IReadOnlyList<SpanRecord>, CancellationToken, Task> OnAppend { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Gets or sets what a retention does before it drops.</summary>
    public Func<TraceRetention, Task> OnRetention { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Gets or sets what a listing does before it lists.</summary>
    public Action OnList { get; set; } = static () => { };

    /// <summary>Gets or sets what answers listings of spans in the place of the store.</summary>
    public Func<SpanQuery, ValueTask<SpanPage>>? OnListSpans { get; set; }

    /// <summary>Gets the listings of spans that were asked for.</summary>
    public ConcurrentQueue<SpanQuery> Listings { get; } = new();

    /// <summary>Gets the sizes of the batches that were appended.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    public async ValueTask AppendAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken = default)
    {
        await OnAppend(spans, cancellationToken);
        await _store.AppendAsync(spans, cancellationToken);
        Batches.Enqueue(spans.Count);
    }

    public ValueTask<TracePage> ListAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        OnList();
        return _store.ListAsync(query, cancellationToken);
    }

    public ValueTask<TraceSummary?> FindAsync(string traceId, CancellationToken cancellationToken = default) => _store.FindAsync(traceId, cancellationToken);

    public ValueTask<SpanPage> ListSpansAsync(SpanQuery query, CancellationToken cancellationToken = default)
    {
        Listings.Enqueue(query);
        return OnListSpans?.Invoke(query) ?? _store.ListSpansAsync(query, cancellationToken);
    }

    public ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId, CancellationToken cancellationToken = default) =>
        _store.FindContentAsync(traceId, spanId, cancellationToken);

    public ValueTask<TracedConversationPage> ListTracedConversationsAsync(TraceQuery query, CancellationToken cancellationToken = default) =>
        _store.ListTracedConversationsAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<FacetCount>> CountFacetAsync(
        TraceQuery query, TraceFacet facet, int top = 50, CancellationToken cancellationToken = default) => _store.CountFacetAsync(query, facet, top, cancellationToken);

    public ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, CancellationToken cancellationToken = default) =>
        _store.SummarizeAsync(query, cancellationToken);

    public ValueTask<Erasure> EraseContentAsync(TraceQuery query, CancellationToken cancellationToken = default) => _store.EraseContentAsync(query, cancellationToken);

    public async ValueTask<Erasure> ApplyRetentionAsync(TraceRetention retention, CancellationToken cancellationToken = default)
    {
        await OnRetention(retention);
        return await _store.ApplyRetentionAsync(retention, cancellationToken);
    }
}
