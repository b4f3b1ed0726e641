using AiObs.Store;

namespace AiObs.Otlp.Tests;

/// <summary>A store that takes spans only when it is let.</summary>
internal sealed class WaitingStore : ITraceStore
{
    private readonly InMemoryTraceStore _inner = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void GoOn() => _open.SetResult();

    public async ValueTask AppendAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken = default)
    {
        await _open.Task.WaitAsync(cancellationToken);
        await _inner.AppendAsync(spans, cancellationToken);
    }

    public ValueTask<TracePage> ListAsync(TraceQuery query, CancellationToken cancellationToken = default) => _inner.ListAsync(query, cancellationToken);

    public ValueTask<TraceSummary?> FindAsync(string traceId, CancellationToken cancellationToken = default) => _inner.FindAsync(traceId, cancellationToken);

    public ValueTask<SpanPage> ListSpansAsync(SpanQuery query, CancellationToken cancellationToken = default) => _inner.ListSpansAsync(query, cancellationToken);

    public ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId, CancellationToken cancellationToken = default) =>
        _inner.FindContentAsync(traceId, spanId, cancellationToken);

    public ValueTask<TracedConversationPage> ListTracedConversationsAsync(TraceQuery query, CancellationToken cancellationToken = default) =>
        _inner.ListTracedConversationsAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<FacetCount>> CountFacetAsync(TraceQuery query, TraceFacet facet, int top = 50, CancellationToken cancellationToken = default) =>
        _inner.CountFacetAsync(query, facet, top, cancellationToken);

    public ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, CancellationToken cancellationToken = default) =>
        _inner.SummarizeAsync(query, cancellationToken);

    public ValueTask<Erasure> EraseContentAsync(TraceQuery query, CancellationToken cancellationToken = default) => _inner.EraseContentAsync(query, cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(TraceRetention retention, CancellationToken cancellationToken = default) => _inner.ApplyRetentionAsync(retention, cancellationToken);
}
