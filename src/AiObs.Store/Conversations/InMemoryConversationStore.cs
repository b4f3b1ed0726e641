using AiObs.Store.Conversations;
using AiObs.Store.Telemetry;

namespace AiObs.Store;

/// <summary>Keeps conversations in memory; they go with the process.</summary>
/// <remarks>Where there is no room for a message or a conversation, the conversation that was written to longest ago goes as a whole.</remarks>
public sealed partial class InMemoryConversationStore : IConversationStore, ISummaryStore
{
    /// <summary>The number of messages, and of conversations, that are kept unless the constructor is told otherwise: 100,000.</summary>
    public const int DefaultCapacity = 100_000;

    private const int MaxCapacity = 10_000_000;
    private const int MaxTurns = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string Id), InMemoryConversation> _all = [];

    // The one that was written to longest ago comes first.
    private readonly LinkedList<(string Tenant, string Id)> _byAge = new();
    private readonly Dictionary<(string Tenant, string Id), LinkedListNode<(string Tenant, string Id)>> _ages = [];
    private readonly int _capacity;
    private readonly StoreOperations? _operations;
    private long _rows;
    private long _messages;
    private long _dropped;

    /// <summary>Initializes a new instance of the <see cref="InMemoryConversationStore"/> class.</summary>
    /// <param name="capacity">How many messages are kept, and how many conversations, as some have none. Must lie between 1 and 10,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> lies outside of that range.</exception>
    public InMemoryConversationStore(int capacity = DefaultCapacity)
        : this(capacity, operations: null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InMemoryConversationStore"/> class with a span and a duration for each operation, as databases have them.</summary>
    internal InMemoryConversationStore(int capacity, StoreOperations? operations)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _capacity = capacity;
        _facts = new(capacity);
        _operations = operations;
    }

    /// <inheritdoc/>
    public string Adapter => "memory";

    /// <summary>Gets how many conversations were dropped to make room, since the store was made.</summary>
    public long DroppedCount
    {
        get
        {
            lock (_lock)
            {
                return _dropped;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default)
    {
        CommitCheck.ThrowIfInvalid(commit);
        return RunAsync(CommitName.Of(commit), commit.ConversationId, () => Commit(commit), cancellationToken, static result => result.IsReplay ? StoreOutcomes.Replay : null);
    }

    /// <inheritdoc/>
    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.ConversationLoad, conversationId, () => Find(tenant, conversationId, includeHidden)?.State, cancellationToken, StoreOutcomes.NotFoundIfNull);

    /// <inheritdoc/>
    public ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var fingerprint = ConversationPosition.FingerprintOf(query);
        var after = ConversationPosition.After(query.Cursor, fingerprint);
        return RunAsync(
            StoreOperationNames.ConversationList,
            conversationId: null,
            () =>
            {
                var found = Match(query).Where(item => after is not { } start || item.Position.CompareTo(start) > 0).OrderBy(static item => item.Position).Take(query.PageSize + 1).ToArray();
                var page = found.Take(query.PageSize).ToArray();
                return new ConversationPage([.. page.Select(static item => item.State)], found.Length > page.Length ? page[^1].Position.ToCursor(fingerprint) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(StoreOperationNames.ConversationCount, conversationId: null, () => (long)Match(query).Count(), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(
            StoreOperationNames.MessageGet, query.ConversationId, () => Find(query.Tenant, query.ConversationId, query.IncludeHidden)?.Read(query) ?? new([], HasMore: false), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.TurnLoad,
        conversationId,
        () => Find(tenant, conversationId, includeHidden: false)?.Turns.FirstOrDefault(turn => turn.Id == turnId),
        cancellationToken,
        StoreOutcomes.NotFoundIfNull);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(last, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, MaxTurns);
        return RunAsync<IReadOnlyList<TurnRecord>>(
            StoreOperationNames.TurnList, conversationId, () => [.. Find(tenant, conversationId, includeHidden: false)?.Turns.TakeLast(last) ?? []], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ConversationSummary?> FindSummaryAsync(string tenant, string conversationId, string coverage, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.SummaryLoad,
        conversationId,
        () => Find(tenant, conversationId, includeHidden: false)?.Summaries.FirstOrDefault(summary => summary.Coverage == coverage),
        cancellationToken,
        StoreOutcomes.NotFoundIfNull);

    /// <inheritdoc/>
    public ValueTask<ConversationSummary?> FindLatestSummaryAsync(string tenant, string conversationId, int branch, long upToSequence, CancellationToken cancellationToken = default) => RunAsync(
        StoreOperationNames.SummaryLoad,
        conversationId,
        () => Find(tenant, conversationId, includeHidden: false)?.FindLatestSummary(branch, upToSequence),
        cancellationToken,
        StoreOutcomes.NotFoundIfNull);

    /// <inheritdoc/>
    public async ValueTask SaveSummaryAsync(string tenant, string conversationId, ConversationSummary summary, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(summary);
        await RunAsync(
            StoreOperationNames.SummarySave,
            conversationId,
            () =>
            {
                var conversation = Find(tenant, conversationId, includeHidden: false) ?? throw new ConversationNotFoundException(conversationId);
                conversation.Add(summary);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private CommitResult Commit(ConversationCommit commit)
    {
        var key = (commit.Tenant, commit.ConversationId);
        if (!_all.TryGetValue(key, out var conversation))
        {
            conversation = commit.Create is { } create && commit.ExpectedVersion is null or 0 ? Created(create, commit) : throw new ConversationNotFoundException(commit.ConversationId);
        }
        else if (!IsReachable(conversation.State, commit))
        {
            throw new ConversationNotFoundException(commit.ConversationId);
        }

        if (conversation.FindReplay(commit) is { } replay)
        {
            return replay;
        }

        CommitCheck.ThrowIfUnexpected(commit, conversation.State.Version);
        var result = conversation.Apply(commit);
        if (commit.Delete == ConversationDelete.Erase)
        {
            _facts.EraseOf(commit.Tenant, commit.ConversationId, commit.At);
        }

        Keep(key, conversation, result.Sequences.Count);
        return result;
    }

    private InMemoryConversation Created(Conversation create, ConversationCommit commit) => new(++_rows, create with
    {
        Id = commit.ConversationId,
        Tenant = commit.Tenant,
        CreatedAt = create.CreatedAt == default ? commit.At : create.CreatedAt,
        Version = 0,
        MessageCount = 0,
        Branch = 0,
        BranchCount = 1,
        DeletedAt = null,
        IsErased = false,
        ExpiresAt = null,
    });

    /// <summary>Tells whether a commit may touch a conversation: one that is hidden can be restored and erased alone.</summary>
    private static bool IsReachable(Conversation state, ConversationCommit commit) =>
        state.DeletedAt is null || (!state.IsErased && (commit.Restore || commit.Delete == ConversationDelete.Erase));

    private void Keep((string Tenant, string Id) key, InMemoryConversation conversation, int added)
    {
        if (_all.TryAdd(key, conversation))
        {
            _ages.Add(key, _byAge.AddLast(key));
        }
        else
        {
            _byAge.Remove(_ages[key]);
            _byAge.AddLast(_ages[key]);
        }

        _messages += added;
        while ((_messages > _capacity || _all.Count > _capacity) && _byAge.First!.Value != key)
        {
            var oldest = _byAge.First.Value;
            _messages -= _all[oldest].MessageCount;
            _all.Remove(oldest);
            _ages.Remove(oldest);
            _byAge.RemoveFirst();
            _dropped++;
        }
    }

    private InMemoryConversation? Find(string tenant, string conversationId, bool includeHidden) =>
        _all.TryGetValue((tenant, conversationId), out var found) && (includeHidden ? !found.State.IsErased : found.State.DeletedAt is null) ? found : null;

    private IEnumerable<InMemoryConversation> Match(ConversationQuery query) => _all.Values.Where(item =>
        (query.Tenant is null || item.State.Tenant == query.Tenant)
        && (query.UserId is null || item.State.UserId == query.UserId)
        && query.Tags.All(item.State.Tags.Contains)
        && (query.After is null || item.State.CreatedAt >= query.After)
        && (query.Before is null || item.State.CreatedAt <= query.Before)
        && (query.ExpiresBefore is null || item.State.ExpiresAt <= query.ExpiresBefore)
        && (query.IncludeHidden ? !item.State.IsErased : item.State.DeletedAt is null));

    /// <summary>Runs work under the lock.</summary>
    private ValueTask<T> RunAsync<T>(string operation, string? conversationId, Func<T> work, CancellationToken cancellationToken, Func<T, string?>? outcomeOf = null)
    {
        return _operations is null ? new(Locked(cancellationToken)) : _operations.RunAsync(operation, conversationId, token => new ValueTask<T>(Locked(token)), cancellationToken, outcomeOf);

        T Locked(CancellationToken token)
        {
            token.ThrowIfCancellationRequested();
            lock (_lock)
            {
                return work();
            }
        }
    }
}
