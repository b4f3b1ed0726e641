using AiObs.Events;
using AiObs.Store.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Events;

/// <summary>An event log in a relational database.</summary>
internal sealed class SqlEventLog : IEventLog, IFedLog, IDisposable
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

    /// <summary>Gets or sets what waits for events that are stored beside the log, on their way to it.</summary>
    public Func<CancellationToken, ValueTask>? Feed { get; set; }

    /// <inheritdoc/>
    public ValueTask CatchUpAsync(CancellationToken cancellationToken) => Feed?.Invoke(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>Tells whether a database is the one that the log is in.</summary>
    public bool IsIn(SqlDatabase database) => ReferenceEquals(_database, database);

    /// <summary>Runs a transaction that may write the log, while no other of this log does.</summary>
    public async ValueTask<T> InTurnAsync<T>(Func<ValueTask<T>> transaction, CancellationToken cancellationToken)
    {
        await _turn.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _database.BringUpToDateAsync(Part, cancellationToken).ConfigureAwait(false);
            return await transaction().ConfigureAwait(false);
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

    /// <summary>
    /// Commits a transaction of another part together with what it does to the log. It runs inside <see cref="InTurnAsync"/>, and comes last in the transaction: the log's lock is taken
    /// after all others, so that nobody waits for two in another order.
    /// </summary>
    /// <param name="write">The transaction.</param>
    /// <param name="work">What it does to the log.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is committed.</param>
    /// <exception cref="EventConflictException">The log has another event under the id of one of those that are added.</exception>
    public async ValueTask CommitAsync(SqlSession write, Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        await _database.Dialect.ExcludeOthersAsync(write, cancellationToken).ConfigureAwait(false);
        await WriteAsync(write, work, cancellationToken).ConfigureAwait(false);
        if (write.IsOpen)
        {
            await write.CommitAsync().ConfigureAwait(false);
        }
    }

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

    private ValueTask<long> WriteInTurnAsync(Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken) => InTurnAsync(
        () => _database.WriteAsync(Part, write => WriteAsync(write, work, cancellationToken), cancellationToken), cancellationToken);

    /// <summary>Runs the work and commits the events that it adds to the chain. Where it adds none, it has changed nothing.</summary>
    private async ValueTask<long> WriteAsync(SqlSession write, Func<EventWrites, ValueTask<long>> work, CancellationToken cancellationToken)
    {
        var batch = new ChainedBatch(_chain, await _writer.ContinueAsync(write, cancellationToken).ConfigureAwait(false));
        var writes = new EventWrites(_database, write, _chain, batch, cancellationToken);
        var result = await work(writes).ConfigureAwait(false);
        if (batch.Events.Count > 0)
        {
            await writes.InsertAsync().ConfigureAwait(false);
            await _writer.CommitAsync(write, batch.Writer, batch.Head, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }
}
