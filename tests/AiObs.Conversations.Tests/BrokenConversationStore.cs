using AiObs.Store;

namespace AiObs.Conversations.Tests;

/// <summary>Keeps conversations in memory, takes no commit while it is broken, and lets others in between a listing and what is done with it.</summary>
internal sealed class BrokenConversationStore : IConversationStore
{
    private readonly InMemoryConversationStore _inner = new();

    public bool IsBroken { get; set; }

    /// <summary>Gets or sets what others do once a page is read.</summary>
    public Func<Task> OnListed { get; set; } = static () => Task.CompletedTask;

    /// <summary>Gets or sets what happens once a commit is made.</summary>
    public Action OnCommitted { get; set; } = static () => { };

    /// <summary>Gets or sets what others do once a turn is read; it happens once.</summary>
    public Func<Task>? OnTurnRead { get; set; }

    public string Adapter => "broken";

    public async ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default)
    {
        var result = IsBroken ? throw new IOException("no room") : await _inner.CommitAsync(commit, cancellationToken);
        OnCommitted();
        return result;
    }

    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) =>
        _inner.FindAsync(tenant, conversationId, includeHidden, cancellationToken);

    public async ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default)
    {
        var page = IsBroken ? throw new IOException("no room") : await _inner.ListAsync(query, cancellationToken);
        await OnListed();
        return page;
    }

    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default) => _inner.CountAsync(query, cancellationToken);

    public ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default) => _inner.ReadAsync(query, cancellationToken);

    public async ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default)
    {
        var found = await _inner.FindTurnAsync(tenant, conversationId, turnId, cancellationToken);
        if (OnTurnRead is { } others)
        {
            OnTurnRead = null;
            await others();
        }

        return found;
    }

    public ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default) =>
        _inner.ListTurnsAsync(tenant, conversationId, last, cancellationToken);
}
