using AiObs.Store.Telemetry;
using AiObs.Store.Traces;

namespace AiObs.Store.Sql.Traces;

/// <summary>Keeps traces in a relational database.</summary>
internal sealed class SqlTraceStore : ITraceStore, ITraceFeed
{
    private const string Part = "traces";
    private const int MaxTop = 1_000;

    private readonly SqlDatabase _database;
    private readonly StoreOperations _operations;
    private readonly SqlTraceFeed _feed;

    public SqlTraceStore(string name, SqlDatabase database)
    {
        _database = database;
        _operations = new StoreOperations(name, database.Dialect.Adapter, database.Dialect.Explain, database.Clock);
        _feed = new SqlTraceFeed(database, Part, ListAsync);
    }

    /// <summary>Gets what ends when nobody watches any more.</summary>
    internal Task Polling => _feed.Polling;

    private SqlDialect Dialect => _database.Dialect;

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken = default)
    {
        var prepared = SpanIntake.Prepare(spans);
        if (prepared.Count > 0)
        {
            await _operations.RunAsync(
                StoreOperationNames.TraceAppend,
                conversationId: null,
                token => _database.WriteBulkAsync(Part, write => new SpanAppend(Dialect, write, token).RunAsync(prepared), token),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TracePage> ListAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        var filter = new TraceFilter(query);
        var fingerprint = filter.Fingerprint($"traces {query.Order}");
        var after = TracePosition.After(query.Cursor, fingerprint);
        return ReadAsync(
            StoreOperationNames.TraceRead,
            query.ConversationId,
            async queries =>
            {
                var traces = await queries.ListAsync(new(Dialect, filter), query.Order, after, query.PageSize).ConfigureAwait(false);
                var next = NextOf(traces, query.PageSize, trace => TracePosition.Of(trace, query.Order).ToCursor(fingerprint));
                return new TracePage(traces, next);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TraceSummary?> FindAsync(string traceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceId);
        return ReadAsync(StoreOperationNames.TraceRead, conversationId: null, queries => queries.FindAsync(traceId), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SpanPage> ListSpansAsync(SpanQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = SpanPosition.After(query);
        return ReadAsync(
            StoreOperationNames.TraceRead,
            query.ConversationId,
            async queries =>
            {
                var spans = await queries.ListSpansAsync(query, after).ConfigureAwait(false);
                var next = NextOf(spans, query.PageSize, span => SpanPosition.Of(span).ToCursor(query));
                return new SpanPage(spans, next);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SpanContent?> FindContentAsync(string traceId, string spanId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(traceId);
        ArgumentNullException.ThrowIfNull(spanId);
        return ReadAsync(StoreOperationNames.TraceRead, conversationId: null, queries => queries.FindContentAsync(traceId, spanId), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TracedConversationPage> ListTracedConversationsAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        var filter = new TraceFilter(query);
        var fingerprint = filter.Fingerprint("conversations");
        var after = TracePosition.After(query.Cursor, fingerprint);
        return _operations.RunAsync(
            StoreOperationNames.TraceRead,
            query.ConversationId,
            token => _database.ReadSnapshotAsync(
                Part,
                async read =>
                {
                    var conversations = await new TraceQueries(Dialect, read, token)
                        .ListConversationsAsync(new(Dialect, filter), after, query.PageSize).ConfigureAwait(false);
                    var next = NextOf(conversations, query.PageSize, conversation => TracedConversations.PositionOf(conversation).ToCursor(fingerprint));
                    return new TracedConversationPage(conversations, next);
                },
                token),
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

        var selection = new TraceSelection(Dialect, new(query));
        return ReadAsync(StoreOperationNames.TraceCount, query.ConversationId, queries => queries.CountFacetAsync(selection, facet, top), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LatencyGroup>> SummarizeAsync(LatencyQuery query, CancellationToken cancellationToken = default)
    {
        var condition = LatencyRows.ConditionOf(new(query));
        return _operations.RunAsync(
            StoreOperationNames.TraceSummarize,
            conversationId: null,
            token => _database.ReadAsync(Part, read => new LatencyRows(Dialect, read, token).SummarizeAsync(query, condition), token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> EraseContentAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        var selection = new TraceSelection(Dialect, new(query));
        return RemoveAsync(StoreOperationNames.TraceErase, query.ConversationId, removal => removal.EraseAsync(selection), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> ApplyRetentionAsync(TraceRetention retention, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retention);
        retention.ThrowIfInvalid();
        var now = _database.Clock.GetUtcNow();
        return RemoveAsync(StoreOperationNames.TraceRetain, conversationId: null, removal => removal.DropAsync(retention, now), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, CancellationToken cancellationToken = default) => _feed.WatchAsync(query, cancellationToken);

    /// <summary>Cuts what was read to a page, and returns the cursor of the next one, if any.</summary>
    private static string? NextOf<T>(List<T> rows, int pageSize, Func<T, string> toCursor)
    {
        if (rows.Count <= pageSize)
        {
            return null;
        }

        rows.RemoveRange(pageSize, rows.Count - pageSize);
        return OddValues.Read(rows[^1], toCursor);
    }

    private ValueTask<T> ReadAsync<T>(
        string operation, string? conversationId, Func<TraceQueries, ValueTask<T>> work, CancellationToken cancellationToken) => _operations.RunAsync(
            operation,
            conversationId,
            token => _database.ReadAsync(Part, read => work(new TraceQueries(Dialect, read, token)), token),
            cancellationToken);

    /// <summary>Removes something, and wipes it where that holds up nobody.</summary>
    private async ValueTask<Erasure> RemoveAsync(
        string operation, string? conversationId, Func<TraceRemoval, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        var count = await _operations.RunAsync(
            operation, conversationId, token => work(new TraceRemoval(_database, Part, token)), cancellationToken).ConfigureAwait(false);

        // Also where nothing was left to remove: what was removed before may still have to be wiped.
        return new Erasure(count, await Dialect.WipeAtOnceAsync().ConfigureAwait(false));
    }
}
