using AiObs.Store;

namespace AiObs.Conversations.Tests;

/// <summary>Keeps conversations in memory, and hangs at one commit, whoever cancels it.</summary>
internal sealed class HangingConversationStore : IConversationStore
{
    private readonly InMemoryConversationStore _inner = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _commits;

    /// <summary>Gets or sets the number of the commit that hangs, counted from 1.</summary>
    public int HangsAt { get; set; }

    public Task Reached => _reached.Task;

    public string Adapter => "hanging";

    public async ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _commits) == HangsAt)
        {
            _reached.SetResult();
            await new TaskCompletionSource().Task;
        }

        return await _inner.CommitAsync(commit, cancellationToken);
    }

    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) =>
        _inner.FindAsync(tenant, conversationId, includeHidden, cancellationToken);

    public ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default) => _inner.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default) => _inner.CountAsync(query, cancellationToken);

    public ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default) => _inner.ReadAsync(query, cancellationToken);

    public ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default) =>
        _inner.FindTurnAsync(tenant, conversationId, turnId, cancellationToken);

    public ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default) =>
        _inner.ListTurnsAsync(tenant, conversationId, last, cancellationToken);
}
