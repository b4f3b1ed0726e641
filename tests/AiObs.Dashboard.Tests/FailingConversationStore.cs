using AiObs.Store;

namespace AiObs.Dashboard.Tests;

/// <summary>Fails where it is asked for one thing, and answers for the rest.</summary>
internal sealed class FailingConversationStore : IConversationStore
{
    private readonly InMemoryConversationStore _inner = new();

    public bool FailsList { get; init; }

    public bool FailsFind { get; init; }

    public bool FailsMessages { get; init; }

    public bool FailsTurns { get; init; }

    /// <summary>Gets what is done with messages before they are shown.</summary>
    public Func<StoredMessage, StoredMessage> Change { get; init; } = static message => message;

    public string Adapter => "failing";

    public ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default) => _inner.CommitAsync(commit, cancellationToken);

    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) =>
        FailsFind ? throw new IOException("no conversation") : _inner.FindAsync(tenant, conversationId, includeHidden, cancellationToken);

    public ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default) =>
        FailsList ? throw new IOException("no list") : _inner.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default) => _inner.CountAsync(query, cancellationToken);

    public async ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default)
    {
        if (FailsMessages)
        {
            throw new IOException("no messages");
        }

        var page = await _inner.ReadAsync(query, cancellationToken);
        return page with { Messages = [.. page.Messages.Select(Change)] };
    }

    public ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default) =>
        FailsTurns ? throw new IOException("no turn") : _inner.FindTurnAsync(tenant, conversationId, turnId, cancellationToken);

    public ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default) =>
        _inner.ListTurnsAsync(tenant, conversationId, last, cancellationToken);
}
