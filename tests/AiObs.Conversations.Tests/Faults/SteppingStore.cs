using AiObs.Store;

namespace AiObs.Conversations.Tests.Faults;

/// <summary>Says when the commits of a turn come and are done.</summary>
internal sealed class SteppingStore(IConversationStore inner, Func<TurnStep, Task> reach) : IConversationStore
{
    public string Adapter => inner.Adapter;

    public async ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken = default)
    {
        var isQuestion = commit.Turn is { State: TurnState.Open };
        await reach(isQuestion ? TurnStep.BeforeQuestion : TurnStep.BeforeAnswer);
        var result = await inner.CommitAsync(commit, cancellationToken);
        await reach(isQuestion ? TurnStep.AfterQuestion : TurnStep.AfterAnswer);
        return result;
    }

    public ValueTask<Conversation?> FindAsync(string tenant, string conversationId, bool includeHidden = false, CancellationToken cancellationToken = default) =>
        inner.FindAsync(tenant, conversationId, includeHidden, cancellationToken);

    public ValueTask<ConversationPage> ListAsync(ConversationQuery query, CancellationToken cancellationToken = default) => inner.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(ConversationQuery query, CancellationToken cancellationToken = default) => inner.CountAsync(query, cancellationToken);

    public ValueTask<MessagePage> ReadAsync(MessageQuery query, CancellationToken cancellationToken = default) => inner.ReadAsync(query, cancellationToken);

    public ValueTask<TurnRecord?> FindTurnAsync(string tenant, string conversationId, string turnId, CancellationToken cancellationToken = default) =>
        inner.FindTurnAsync(tenant, conversationId, turnId, cancellationToken);

    public ValueTask<IReadOnlyList<TurnRecord>> ListTurnsAsync(string tenant, string conversationId, int last = 100, CancellationToken cancellationToken = default) =>
        inner.ListTurnsAsync(tenant, conversationId, last, cancellationToken);
}
