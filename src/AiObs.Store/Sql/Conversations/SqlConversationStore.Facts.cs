using AiObs.Store.Events;
using AiObs.Store.Facts;
using AiObs.Store.Sql.Facts;
using AiObs.Store.Telemetry;

namespace AiObs.Store.Sql.Conversations;

/// <content>What is known of users.</content>
internal sealed partial class SqlConversationStore : IFactStore
{
    /// <inheritdoc/>
    public ValueTask<long> CommitFactsAsync(FactCommit commit, CancellationToken cancellationToken = default)
    {
        FactCheck.ThrowIfInvalid(commit);
        var events = _log is null ? [] : EventIntake.Prepare(commit.Events);
        var isOfLog = _log is not null && _outbox is null && events.Count > 0;
        return RunAsync(
            StoreOperationNames.FactSave,
            commit.Position?.ConversationId,
            token => isOfLog ? _log!.InTurnAsync(() => WriteAsync(commit, events, isOfLog, token), token) : WriteAsync(commit, events, isOfLog, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<UserFacts> ReadFactsAsync(FactQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(
            StoreOperationNames.FactGet,
            conversationId: null,
            token => AreStorable(query.Tenant, query.UserId, query.Key ?? "")
                ? _database.ReadSnapshotAsync(
                    Part,
                    async read => new UserFacts(
                        await FactWrite.VersionAsync(read, query.Tenant, query.UserId, token).ConfigureAwait(false), await FactRows.ListAsync(read, query, token).ConfigureAwait(false)),
                    token)
                : new(new UserFacts(0, [])),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> FindFactPositionAsync(string tenant, string conversationId, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.FactPositionLoad,
        conversationId,
        token => AreStorable(tenant, conversationId) ? _database.ReadAsync(Part, read => FactWrite.PositionAsync(read, tenant, conversationId, token), token) : new(0L),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<UserProfile?> FindProfileAsync(string tenant, string userId, int? version = null, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.ProfileGet,
        conversationId: null,
        token => AreStorable(tenant, userId) ? _database.ReadAsync(Part, read => ProfileRows.FindAsync(read, tenant, userId, version, token), token) : new((UserProfile?)null),
        cancellationToken,
        StoreOutcomes.NotFoundIfNull);

    /// <inheritdoc/>
    public async ValueTask<FactErasure> EraseFactsAsync(string tenant, string userId, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var erased = await RunAsync(
            StoreOperationNames.FactErase,
            conversationId: null,
            token => AreStorable(tenant, userId) ? _database.WriteSharedAsync(Part, write => EraseAsync(write, tenant, userId, at, token), token) : new(new FactErasure(0, 0)),
            cancellationToken).ConfigureAwait(false);
        if (erased != new FactErasure(0, 0))
        {
            await Dialect.WipeAtOnceAsync().ConfigureAwait(false);
        }

        return erased;
    }

    private static bool AreStorable(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            if (!StoredText.IsStorable(text))
            {
                // No commit takes such a text, and no database a question about it.
                return false;
            }
        }

        return true;
    }

    private async ValueTask<FactErasure> EraseAsync(SqlSession write, string tenant, string userId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var erased = await new FactWrite(Dialect, write, cancellationToken).EraseAsync(tenant, userId, at).ConfigureAwait(false);
        if (erased != new FactErasure(0, 0))
        {
            await write.CommitAsync().ConfigureAwait(false);
        }

        return erased;
    }

    private ValueTask<long> WriteAsync(FactCommit commit, IReadOnlyList<PreparedEvent> events, bool isOfLog, CancellationToken cancellationToken) => _database.WriteSharedAsync(
        Part,
        async write =>
        {
            var version = await new FactWrite(Dialect, write, cancellationToken).CommitAsync(commit).ConfigureAwait(false);
            if (isOfLog)
            {
                await _log!.CommitAsync(write, async writes => { await writes.AddAsync(events).ConfigureAwait(false); return events.Count; }, cancellationToken).ConfigureAwait(false);
                return version;
            }

            if (_outbox is not null)
            {
                await Dialect.InsertAsync(write, [OutboxRows.Of(events)], cancellationToken).ConfigureAwait(false);
            }

            await write.CommitAsync().ConfigureAwait(false);
            _outbox?.Wake();
            return version;
        },
        cancellationToken);
}
