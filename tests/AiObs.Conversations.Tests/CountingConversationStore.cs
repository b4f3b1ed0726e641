using AiObs.Store;

namespace AiObs.Conversations.Tests;

/// <summary>Keeps conversations in memory, and counts how much is read.</summary>
internal sealed class CountingConversationStore : IConversationStore
{
    private readonly InMemoryConversationStore _inner = new();

    /// <summary>Gets or sets how many pages were read.</summary>
    public int ReadCount { get; set; }

    /// <summary>Gets how many messages the pages had.</summary>
    public int MessageCount { get; private set; }

    public string Adapter => "counting";

    public ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default) => _inner.CommitAsync(commit, cancellationToken);

    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) =>
        _inner.FindAsync(tenant, conversationId, includeHidden, cancellationToken);

    public ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default) => _inner.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default) => _inner.CountAsync(query, cancellationToken);

    public async ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default)
    {
        var page = await _inner.ReadAsync(query, cancellationToken);
        MessageCount = (ReadCount == 0 ? 0 : MessageCount) + page.Messages.Count;
        ReadCount++;
        return page;
    }

    public ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default) =>
        _inner.FindTurnAsync(tenant, conversationId, turnId, cancellationToken);

    public ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default) =>
        _inner.ListTurnsAsync(tenant, conversationId, last, cancellationToken);
}
