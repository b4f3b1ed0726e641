using AiObs.Conversations.Storing;
using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Finds out what others have done meanwhile.</summary>
internal static class OpenTurnRead
{
    /// <summary>Reads conversation and turn anew.</summary>
    /// <exception cref="ConversationNotFoundException">There is no such conversation any more.</exception>
    public static async ValueTask RefreshAsync(ConversationView view, OpenTurn turn, CancellationToken cancellationToken)
    {
        turn.Conversation = await view.GetAsync(turn.Conversation.Id, cancellationToken).ConfigureAwait(false);
        turn.HasOthers = true;
        var record = await view.Store.FindTurnAsync(view.Tenant, turn.Conversation.Id, turn.Record.Id, cancellationToken).ConfigureAwait(false);

        // Whoever takes a turn over gives it another lease.
        turn.IsLost = record?.State != TurnState.Open || record.LeaseUntil != turn.Record.LeaseUntil;
    }

    /// <summary>Tells whether the branch of a turn has messages after its question.</summary>
    public static async ValueTask<bool> HasMovedAsync(ConversationView view, OpenTurn turn, CancellationToken cancellationToken)
    {
        var query = new MessageQuery { ConversationId = turn.Conversation.Id, Tenant = view.Tenant, Branch = turn.Record.Branch, AfterSequence = turn.Record.QuestionSequence ?? 0, PageSize = 1 };
        return (await view.Store.ReadAsync(query, cancellationToken).ConfigureAwait(false)).Messages.Count > 0;
    }
}
