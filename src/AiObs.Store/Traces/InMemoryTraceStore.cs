using AiObs.Store.Telemetry;
using AiObs.Store.Traces;

namespace AiObs.Store;

/// <summary>Keeps the latest traces in memory; they go with the process.</summary>
/// <remarks>
/// Where there is no room for a span, the oldest trace of the source with the most spans goes as a whole, so that no noisy source drives all others out. When that is the very
/// trace that the span belongs to, the span is left out instead. Reading looks at every trace.
/// </remarks>
public sealed class InMemoryTraceStore : ITraceStore, ITraceFeed
{
    private const int MaxTop = 1_000;

    private readonly Lock _lock = new();
    private readonly InMemoryTraces _traces;
    private readonly LatencyTable _latencies = new();
    private readonly TraceWatchers _watchers = new();
    private readonly TimeProvider _clock;
    private readonly StoreOperations? _operations;

    /// <summary>Initializes a new instance of the <see cref="InMemoryTraceStore"/> class.</summary>
    /// <param name="options">How much is kept; the defaults when <see langword="null"/>.</param>
    /// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public InMemoryTraceStore(TraceOptions? options = null, TimeProvider? clock = null)
        : this(options, clock, operations: null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InMemoryTraceStore"/> class with a span and a duration for each operation, as databases have them.</summary>
    internal InMemoryTraceStore(TraceOptions? options, TimeProvider? clock, StoreOperations? operations)
    {
        options ??= new();
        TraceOptionsValidator.ThrowIfInvalid(options);
        _traces = new(options);
        _clock = clock ?? TimeProvider.System;
        _operations = operations;
    }

    /// <summary>Gets how many traces were dropped to make room, since the store was made.</summary>
    public long DroppedTraceCount => Read(static traces => traces.DroppedTraceCount);

    /// <summary>Gets how many spans were dropped to make room or left out for want of it, since the store was made.</summary>
    public long DroppedSpanCount => Read(static traces => traces.DroppedSpanCount);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken = default)
    {
        var prepared = SpanIntake.Prepare(spans);
        await RunAsync(StoreOperationNames.TraceAppend, conversationId: null, () => Append(prepared), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<TracePage> ListAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        var filter = new TraceFilter(query);
        var fingerprint = filter.Fingerprint($"traces {query.Order}");
        var after = TracePosition.After(query.Cursor, fingerprint);
        return RunAsync(
            StoreOperationNames.TraceRead,
            query.ConversationId,
            () =>
            {
                var (traces, hasMore) = Page(
                    Find(filter).Select(static trace => trace.Summary), trace => TracePosition.Of(trace, query.Order), after, query.PageSize, isDescending: false);
                return new TracePage(traces, hasMore ? TracePosition.Of(traces[^1], query.Order).ToCursor(fingerprint) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TraceSummary?> FindAsync(string traceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceId);
        return RunAsync(StoreOperationNames.TraceRead, conversationId: null, () => Read(traces => traces.Find(traceId)?.Summary), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SpanPage> ListSpansAsync(SpanQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = SpanPosition.After(query);
        return RunAsync(
            StoreOperationNames.TraceRead,
            query.ConversationId,
            () =>
            {
                var filter = new SpanFilter(query);
                var found = Read(traces => (query.TraceId is null ? traces.All : traces.Find(query.TraceId) is { } trace ? [trace] : [])
                    .SelectMany(static trace => trace.Spans).Where(filter.Matches).ToArray());
                var (spans, hasMore) = Page(found, SpanPosition.Of, after, query.PageSize, isDescending: query.Order == PageOrder.NewestFirst);
                return new SpanPage([.. spans.Select(span => SpanFilter.Show(span, query.Detail))], hasMore ? SpanPosition.Of(spans[^1]).ToCursor(query) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceId);
        ArgumentNullException.ThrowIfNull(spanId);
        return RunAsync(
            StoreOperationNames.TraceRead, conversationId: null, () => Read(traces => traces.Find(traceId)?.Find(spanId)?.Content), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TracedConversationPage> ListTracedConversationsAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        var filter = new TraceFilter(query);
        var fingerprint = filter.Fingerprint("conversations");
        var after = TracePosition.After(query.Cursor, fingerprint);
        return RunAsync(
            StoreOperationNames.TraceRead,
            query.ConversationId,
            () =>
            {
                var conversations = Find(filter)
                    .Select(static trace => trace.Summary)
                    .Where(static trace => trace.ConversationId is not null)
                    .GroupBy(static trace => trace.ConversationId!, StringComparer.Ordinal)
                    .Select(static traces => TracedConversations.Of(traces.Key, traces));
                var (page, hasMore) = Page(conversations, TracedConversations.PositionOf, after, query.PageSize, isDescending: false);
                return new TracedConversationPage(page, hasMore ? TracedConversations.PositionOf(page[^1]).ToCursor(fingerprint) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FacetCount>> CountFacetAsync(
        TraceQuery query, TraceFacet facet, int top = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(top, MaxTop);
        if (!Enum.IsDefined(facet))
        {
            throw new ArgumentOutOfRangeException(nameof(facet), facet, "There is no such facet.");
        }

        var filter = new TraceFilter(query);
        return RunAsync<IReadOnlyList<FacetCount>>(
            StoreOperationNames.TraceCount, query.ConversationId, () => Read(_ => CountFacet(filter, facet).Take(top).ToArray()), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(StoreOperationNames.TraceSummarize, conversationId: null, () => Read(_ => _latencies.Summarize(query)), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> EraseContentAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        var filter = new TraceFilter(query);
        return RunAsync(
            StoreOperationNames.TraceErase,
            query.ConversationId,
            () => new Erasure(Read(traces => traces.All.Where(trace => trace.Matches(filter)).ToArray().Sum(trace => traces.RemoveContent(trace))), IsWiped: true),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> ApplyRetentionAsync(TraceRetention retention, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retention);
        retention.ThrowIfInvalid();
        return RunAsync(StoreOperationNames.TraceRetain, conversationId: null, () => Read(traces => Apply(traces, retention)), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _watchers.WatchAsync(query, cancellationToken);
    }

    private static (T[] Items, bool HasMore) Page<T, TPosition>(
        IEnumerable<T> all, Func<T, TPosition> position, TPosition? after, int pageSize, bool isDescending)
        where TPosition : struct, IComparable<TPosition>
    {
        var direction = isDescending ? -1 : 1;
        var order = Comparer<TPosition>.Create((left, right) => left.CompareTo(right) * direction);

        // One more than the page tells whether there is a next one, so that no listing ends with an empty page.
        var rest = all.Where(item => after is not { } start || order.Compare(position(item), start) > 0).OrderBy(position, order).Take(pageSize + 1).ToArray();
        return rest.Length > pageSize ? (rest[..pageSize], true) : (rest, false);
    }

    private bool Append(IReadOnlyList<SpanRecord> spans)
    {
        lock (_lock)
        {
            HashSet<InMemoryTrace> changed = [];
            foreach (var span in spans.Where(span => !_traces.Has(span)))
            {
                // How long it took counts even where there is no room for the span itself.
                _latencies.Add(span);
                if (_traces.Add(span) is { } trace)
                {
                    changed.Add(trace);
                }
            }

            Tell(changed);
            return true;
        }
    }

    private IEnumerable<FacetCount> CountFacet(TraceFilter filter, TraceFacet facet)
    {
        var counts =
            from trace in Find(filter)
            from value in trace.Facets
            where value.Facet == facet
            group trace.Summary by value.Value into traces
            let last = traces.MinBy(static trace => TracePosition.Of(trace, TraceOrder.Newest))
            select new FacetCount(traces.Key, traces.LongCount(), last.Time, last.TraceId);
        return counts.OrderByDescending(static count => count.TraceCount).ThenBy(static count => count.Value, StringComparer.Ordinal);
    }

    private Erasure Apply(InMemoryTraces traces, TraceRetention retention)
    {
        var now = _clock.GetUtcNow();
        if (TraceRetention.OldestTicks(retention.MaxLatencyAge, now) is { } oldest)
        {
            // An hour has ended before that, when it is over before the one that it lies in starts.
            _latencies.DropBefore(oldest / TimeSpan.TicksPerHour);
        }

        return new Erasure(traces.Apply(retention, now), IsWiped: true);
    }

    private ValueTask<T> RunAsync<T>(string operation, string? conversationId, Func<T> work, CancellationToken cancellationToken)
    {
        if (_operations is not null)
        {
            return _operations.RunAsync(operation, conversationId, _ => new ValueTask<T>(work()), cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(work());
    }

    private InMemoryTrace[] Find(TraceFilter filter) => Read(traces => traces.All.Where(trace => trace.Matches(filter)).ToArray());

    private T Read<T>(Func<InMemoryTraces, T> read)
    {
        lock (_lock)
        {
            return read(_traces);
        }
    }

    private void Tell(HashSet<InMemoryTrace> changed)
    {
        foreach (var watcher in _watchers.All)
        {
            foreach (var trace in changed.Where(trace => trace.Matches(watcher.Filter)))
            {
                watcher.Tell(trace.Summary);
            }
        }
    }
}
