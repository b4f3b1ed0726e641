using System.Runtime.CompilerServices;
using AiObs.Store;

namespace AiObs.Dashboard.Tests;

/// <summary>Fails where it is asked for one thing, and answers for the rest.</summary>
internal sealed class FailingTraceStore : ITraceStore, ITraceFeed
{
    private readonly InMemoryTraceStore _inner = StoppedHost.Store();
    private int _watcherCount;

    public bool FailsFacets { get; init; }

    public bool FailsLatencies { get; init; }

    /// <summary>Gets whether durations over time fail, and those without do not.</summary>
    public bool FailsSeries { get; init; }

    public bool FailsList { get; init; }

    /// <summary>Gets how many watch.</summary>
    public int WatcherCount => _watcherCount;

    public ValueTask AppendAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken = default) => _inner.AppendAsync(spans, cancellationToken);

    public ValueTask<TracePage> ListAsync(TraceQuery query, CancellationToken cancellationToken = default) =>
        FailsList ? throw new IOException("no list") : _inner.ListAsync(query, cancellationToken);

    public ValueTask<TraceSummary?> FindAsync(string traceId, CancellationToken cancellationToken = default) => _inner.FindAsync(traceId, cancellationToken);

    public ValueTask<SpanPage> ListSpansAsync(SpanQuery query, CancellationToken cancellationToken = default) => _inner.ListSpansAsync(query, cancellationToken);

    public ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId, CancellationToken cancellationToken = default) => _inner.FindContentAsync(traceId, spanId, cancellationToken);

    public ValueTask<TracedConversationPage> ListTracedConversationsAsync(TraceQuery query, CancellationToken cancellationToken = default) =>
        _inner.ListTracedConversationsAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<FacetCount>> CountFacetAsync(TraceQuery query, TraceFacet facet, int top = 50, CancellationToken cancellationToken = default) =>
        FailsFacets ? throw new IOException("no facets") : _inner.CountFacetAsync(query, facet, top, cancellationToken);

    public ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, CancellationToken cancellationToken = default) =>
        FailsLatencies || (FailsSeries && query.Interval is not null) ? throw new IOException("no latencies") : _inner.SummarizeAsync(query, cancellationToken);

    public ValueTask<Erasure> EraseContentAsync(TraceQuery query, CancellationToken cancellationToken = default) => _inner.EraseContentAsync(query, cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(TraceRetention retention, CancellationToken cancellationToken = default) => _inner.ApplyRetentionAsync(retention, cancellationToken);

    public async IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var changes = _inner.WatchAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = changes.MoveNextAsync();

        // Whoever sees the count may rely on being watched, so that it rises after the first look for a change.
        Interlocked.Increment(ref _watcherCount);
        try
        {
            for (; await next; next = changes.MoveNextAsync())
            {
                yield return changes.Current;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watcherCount);
        }
    }
}
