using AiObs.Store.Conversations;
using AiObs.Store.Events;
using AiObs.Store.Sql.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Keeps conversations in a relational database, and their events together with them where the log is in the same one.</summary>
internal sealed partial class SqlConversationStore : IConversationStore, ISummaryStore, IAsyncDisposable, IDisposable
{
    private const string Part = "conversations";
    private const int MaxTurns = 1_000;
    /// <summary>Events know no tenant: where another one has a conversation with the same id, those of its messages alone are this one's for certain.</summary>
    private const string IsOfTenantSql = """
        (NOT EXISTS (SELECT 1 FROM aiobs_conversations o WHERE o.id = @conversation_id AND o.tenant <> @tenant)
        OR e.id IN (SELECT [event_id] FROM aiobs_messages m JOIN aiobs_conversations k ON k.position = m.conversation WHERE k.tenant = @tenant AND k.id = @conversation_id AND m.event_id IS NOT NULL))
        """;

    private const string EraseReason = "The conversation was erased.";

    /// <summary>Changes nothing, and keeps the conversation from being erased until the transaction ends.</summary>
    private const string LockSql =
        $"UPDATE aiobs_conversations SET version = version WHERE tenant = @tenant AND id = @id AND {ConversationRows.IsThere} RETURNING position";

    private readonly SqlDatabase _database;
    private readonly StoreOperations _operations;
    private readonly SqlEventLog? _log;
    private readonly EventOutbox? _outbox;

    /// <param name="name">The store.</param>
    /// <param name="database">The database.</param>
    /// <param name="log">The log that keeps the events; it counts only where it is in the same database.</param>
    public SqlConversationStore(string name, SqlDatabase database, IEventLog? log)
    {
        _database = database;
        _operations = new StoreOperations(name, database.Dialect.Adapter, database.Dialect.Explain, database.Clock);
        _log = log is SqlEventLog known && known.IsIn(database) ? known : null;
        if (_log is not null && !database.Dialect.HasOneWriter)
        {
            _outbox = new EventOutbox(database, Part, _log, _operations);
            _log.Feed = FlushEventsAsync;
        }
    }

    /// <inheritdoc/>
    public string Adapter => Dialect.Adapter;

    private SqlDialect Dialect => _database.Dialect;

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default)
    {
        CommitCheck.ThrowIfInvalid(commit);
        var events = _log is null ? [] : EventIntake.Prepare(commit.Events);
        var result = await RunAsync(
            CommitName.Of(commit),
            commit.ConversationId,
            token => IsOfLog(commit, events) ? _log!.InTurnAsync(() => WriteAsync(commit, events, token), token) : WriteAsync(commit, events, token),
            cancellationToken,
            static result => result.IsReplay ? StoreOutcomes.Replay : null).ConfigureAwait(false);
        if (commit.Delete == ConversationDelete.Erase)
        {
            await Dialect.WipeAtOnceAsync().ConfigureAwait(false);
        }

        return result with { HasEvents = _log is not null && !result.IsReplay };
    }

    /// <inheritdoc/>
    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) => FindAsync(
        StoreOperationNames.ConversationLoad, tenant, conversationId, includeHidden, static (_, found, _) => new ValueTask<Conversation?>(found.State), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var fingerprint = ConversationPosition.FingerprintOf(query);
        var after = ConversationPosition.After(query.Cursor, fingerprint);
        return RunAsync(
            StoreOperationNames.ConversationList,
            conversationId: null,
            async token =>
            {
                var rows = await _database.ReadAsync(Part, read => ConversationSelection.ListAsync(read, query, after, token), token).ConfigureAwait(false);
                var page = rows.Take(query.PageSize).ToArray();
                var next = rows.Count > page.Length ? new ConversationPosition(page[^1].State.CreatedAt.UtcTicks, page[^1].Position).ToCursor(fingerprint) : null;
                return new ConversationPage([.. page.Select(static row => row.State)], next);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(
            StoreOperationNames.ConversationCount,
            conversationId: null,
            token => _database.ReadAsync(Part, read => ConversationSelection.CountAsync(read, query, token), token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await ReadAsync<MessagePage>(
            StoreOperationNames.MessageGet,
            query.Tenant,
            query.ConversationId,
            query.IncludeHidden,
            async (read, found, token) => await new MessageReads(Dialect, read, token).ReadAsync(found, query).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) ?? new MessagePage([], HasMore: false);
    }

    /// <inheritdoc/>
    public ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default) => FindAsync(
        StoreOperationNames.TurnLoad, tenant, conversationId, includeHidden: false, (read, found, token) => TurnRows.FindAsync(read, found.Position, turnId, token), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, MaxTurns);
        return await ReadAsync<IReadOnlyList<TurnRecord>>(
            StoreOperationNames.TurnList,
            tenant,
            conversationId,
            includeHidden: false,
            async (read, found, token) => await TurnRows.ListAsync(read, found.Position, last, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) ?? [];
    }

    /// <inheritdoc/>
    public ValueTask<ConversationSummary?> FindSummaryAsync(string tenant, string conversationId, string coverage, CancellationToken cancellationToken = default) => FindAsync(
        StoreOperationNames.SummaryLoad, tenant, conversationId, includeHidden: false, (read, found, token) => SummaryRows.FindAsync(read, found.Position, coverage, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ConversationSummary?> FindLatestSummaryAsync(string tenant, string conversationId, int branch, long upToSequence, CancellationToken cancellationToken = default) => FindAsync(
        StoreOperationNames.SummaryLoad,
        tenant,
        conversationId,
        includeHidden: false,
        (read, found, token) => SummaryRows.FindLatestAsync(read, found.Position, branch, upToSequence, token),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveSummaryAsync(string tenant, string conversationId, ConversationSummary summary, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(summary);
        await RunAsync(
            StoreOperationNames.SummarySave,
            conversationId,
            token => _database.WriteSharedAsync(
                Part,
                async write =>
                {
                    var locked = await write.Command(LockSql).Bind("@tenant", tenant).Bind("@id", conversationId)
                        .ReadAllAsync(static row => row.GetInt64(0), token).ConfigureAwait(false);
                    var conversation = locked is [var position] ? position : throw new ConversationNotFoundException(conversationId);
                    await SummaryRows.InsertAsync(write, conversation, summary, token).ConfigureAwait(false);
                    await write.CommitAsync().ConfigureAwait(false);
                    return true;
                },
                token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for the events of what was committed so far to be in the log; at once where they are committed to it.</summary>
    public ValueTask FlushEventsAsync(CancellationToken cancellationToken = default) => _outbox?.DrainAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _outbox?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Closes in a blocking way, for containers that are disposed so: they refuse what can only be awaited.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Tells whether a commit writes the log itself: to add events where that holds up nobody, and to erase what it says of the conversation.</summary>
    private bool IsOfLog(ConversationCommit commit, IReadOnlyList<PreparedEvent> events) =>
        _log is not null && (commit.Delete == ConversationDelete.Erase || (_outbox is null && events.Count > 0));

    private ValueTask<CommitResult> WriteAsync(ConversationCommit commit, IReadOnlyList<PreparedEvent> events, CancellationToken cancellationToken) => _database.WriteSharedAsync(
        Part,
        async write =>
        {
            var isOfLog = IsOfLog(commit, events);
            var result = await new ConversationWrite(Dialect, write, commit, isOfLog ? [] : events, cancellationToken).RunAsync().ConfigureAwait(false);
            if (result.IsReplay)
            {
                return result;
            }

            if (isOfLog)
            {
                await _log!.CommitAsync(write, writes => WriteLogAsync(write, writes, commit, events, cancellationToken), cancellationToken).ConfigureAwait(false);
                return result;
            }

            await write.CommitAsync().ConfigureAwait(false);
            _outbox?.Wake();
            return result;
        },
        cancellationToken);

    private async ValueTask<long> WriteLogAsync(
        SqlSession write, EventWrites writes, ConversationCommit commit, IReadOnlyList<PreparedEvent> events, CancellationToken cancellationToken)
    {
        if (_outbox is not null)
        {
            // What is on its way to the log has to be there to be erased.
            await writes.AddAsync(await OutboxRows.TakeAsync(write, commit.ConversationId, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        await writes.AddAsync(events).ConfigureAwait(false);
        if (commit.Delete != ConversationDelete.Erase)
        {
            return events.Count;
        }

        var query = new EventQuery { ConversationId = commit.ConversationId };
        var selection = EventSelection.Of(Dialect, new EventFilter(query));
        selection.Add(IsOfTenantSql.Replace("[event_id]", Dialect.AsEventId("m.event_id"), StringComparison.Ordinal), "@tenant", commit.Tenant);
        return await writes.EraseAsync(selection, query, EraseReason).ConfigureAwait(false);
    }

    private ValueTask<T> RunAsync<T>(
        string operation, string? conversationId, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken, Func<T, string?>? outcomeOf = null)
    {
        _outbox?.Begin();
        return _operations.RunAsync(operation, conversationId, work, cancellationToken, outcomeOf);
    }

    /// <summary>Looks for something of a conversation.</summary>
    private ValueTask<T?> FindAsync<T>(
        string operation,
        string tenant,
        string conversationId,
        bool includeHidden,
        Func<SqlSession, ConversationRow, CancellationToken, ValueTask<T?>> find,
        CancellationToken cancellationToken)
        where T : class => ReadAsync(operation, tenant, conversationId, includeHidden, find, cancellationToken, StoreOutcomes.NotFoundIfNull);

    /// <summary>Reads something of a conversation; nothing where there is none.</summary>
    private ValueTask<T?> ReadAsync<T>(
        string operation,
        string tenant,
        string conversationId,
        bool includeHidden,
        Func<SqlSession, ConversationRow, CancellationToken, ValueTask<T?>> work,
        CancellationToken cancellationToken,
        Func<T?, string?>? outcomeOf = null)
        where T : class => RunAsync(
            operation,
            conversationId,
            token => _database.ReadAsync(
                Part,
                async read => await ConversationRows.FindAsync(read, tenant, conversationId, includeHidden, token).ConfigureAwait(false) is { } found
                    ? await work(read, found, token).ConfigureAwait(false)
                    : null,
                token),
            cancellationToken,
            outcomeOf);
}
