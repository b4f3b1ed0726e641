using AiObs.Events;
using AiObs.Store.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Events;

/// <summary>An event log in a relational database.</summary>
internal sealed class SqlEventLog : IEventLog, IDisposable
{
    private const string Part = "events";

    private readonly SqlDatabase _database;
    private readonly StoreOperations _operations;
    private readonly EventChain _chain;
    private readonly ISealedPart _costs;
    private readonly LogWriter _writer;
    private readonly Turn _turn;

    public SqlEventLog(string name, SqlDatabase database, EventLogOptions? options, ISealedPart costs)
    {
        _database = database;
        _costs = costs;
        _operations = new StoreOperations(name, database.Dialect.Adapter, database.Dialect.Explain, database.Clock);
        _chain = EventChain.For(options);
        _writer = new LogWriter(_chain, database.Dialect, database.Clock);
        _turn = new Turn(this);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return;
        }

        var prepared = EventIntake.Prepare(events);
        await WriteAsync(
            StoreOperationNames.EventAppend, conversationId: null, writes => writes.AddAsync(prepared), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default)
    {
        var listing = new EventListing(query);
        return ReadAsync(StoreOperationNames.EventQuery, query, queries => queries.ListAsync(listing), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default)
    {
        var selection = Select(query);
        return ReadAsync(StoreOperationNames.EventCount, query, queries => queries.CountAsync(selection), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default)
    {
        var selection = Select(query);
        return ReadAsync(StoreOperationNames.EventCount, query, queries => queries.CountByTypeAsync(selection), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<EventLogVerification> VerifyAsync(
        IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default) => _operations.RunAsync(
            StoreOperationNames.EventVerify,
            conversationId: null,
            token =>
            {
                // Taken before the snapshot, which therefore has them.
                IReadOnlyList<EventLogAnchor> known = [.. anchors ?? [], .. _writer.KnownHeads];
                return _database.ReadSnapshotAsync(
                    Part, read => new EventQueries(_database.Dialect, read, token).VerifyAsync(_chain, known, _costs), token);
            },
            cancellationToken,
            static verification => verification.IsIntact ? null : StoreOutcomes.Violation);

    /// <inheritdoc/>
    public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default)
    {
        LogEvents.ThrowIfInvalid(reason);
        var selection = Select(query);
        return RemoveAsync(
            StoreOperationNames.EventErase, query.ConversationId, writes => writes.EraseAsync(selection, query, reason), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retention);
        retention.ThrowIfInvalid();
        return RemoveAsync(StoreOperationNames.EventRetain, conversationId: null, writes => writes.DropAsync(retention), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => _operations.RunAsync(
        StoreOperationNames.EventWipe, conversationId: null, token => _database.WipeErasedAsync(Part, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _turn.Close();

    private SqlCondition Select(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return EventSelection.Of(_database.Dialect, new EventFilter(query));
    }

    private ValueTask<T> ReadAsync<T>(
        string operation, EventQuery query, Func<EventQueries, ValueTask<T>> work, CancellationToken cancellationToken) => _operations.RunAsync(
            operation,
            query.ConversationId,
            token => _database.ReadAsync(Part, read => work(new EventQueries(_database.Dialect, read, token)), token),
            cancellationToken);

    private async ValueTask<Erasure> RemoveAsync(
        string operation, string? conversationId, Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        var count = await WriteAsync(operation, conversationId, work, cancellationToken).ConfigureAwait(false);

        // Also where nothing was left to remove: what was removed before may still have to be wiped.
        return new Erasure(count, await _database.Dialect.WipeAtOnceAsync().ConfigureAwait(false));
    }

    private ValueTask<long> WriteAsync(
        string operation, string? conversationId, Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken) =>
        _operations.RunAsync(operation, conversationId, token => WriteInTurnAsync(work, token), cancellationToken);

    private async ValueTask<long> WriteInTurnAsync(Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        await _turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _database.WriteAsync(Part, write => WriteAsync(write, work, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException exception) when (exception.HasLostPlace)
        {
            // That is what this caller is told; another one need not be told as well that the chain is not where it was left.
            _writer.Abandon();
            throw;
        }
        finally
        {
            _turn.Give();
        }
    }

    /// <summary>Runs the work and commits the events that it adds to the chain. Where it adds none, it has changed nothing.</summary>
    private async ValueTask<long> WriteAsync(SqlSession write, Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        var batch = new ChainedBatch(_chain, await _writer.ContinueAsync(write, cancellationToken).ConfigureAwait(false));
        var result = await work(new EventWrites(_database, write, _chain, batch, cancellationToken)).ConfigureAwait(false);
        if (batch.Events.Count > 0)
        {
            await _database.Dialect.InsertEventsAsync(write, batch.Events, cancellationToken).ConfigureAwait(false);
            await _writer.CommitAsync(write, batch.Writer, batch.Head, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }
}
