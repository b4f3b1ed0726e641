using AiObs.Events;
using AiObs.Store;

namespace AiObs.Conversations;

/// <content>Hiding, restoring, erasing.</content>
public sealed partial class AgentConversations
{
    /// <summary>Deletes a conversation. Costs and events stay; erasure waits for the events that were raised before, and takes what was said out of them too, where a database keeps both.</summary>
    /// <param name="conversationId">The conversation. A hidden one can still be erased.</param>
    /// <param name="how">Whether it can be restored.</param>
    /// <param name="reason">Why, for the event.</param>
    /// <param name="cancellationToken">Cancels it; then it stays.</param>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> DeleteAsync(
        string conversationId, ConversationDelete how = ConversationDelete.Hide, string? reason = null, CancellationToken cancellationToken = default)
    {
        if (how == ConversationDelete.Erase)
        {
            await SettleEventsAsync(cancellationToken).ConfigureAwait(false);
        }

        return await TryCommitAsync(conversationId, found => Deletion(found, how, reason), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings a hidden conversation back.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Cancels it; then it stays hidden.</param>
    /// <returns>Whether it is there.</returns>
    public ValueTask<bool> RestoreAsync(string conversationId, CancellationToken cancellationToken = default) => TryCommitAsync(
        conversationId,
        found => found.DeletedAt is null ? null : _view.Commit(found, _view.Events.Of(AgentEventTypes.ConversationRestored, found, _view.Now)) with { Restore = true },
        cancellationToken);

    /// <summary>Erases the conversations of all tenants whose <see cref="ConversationOptions.TimeToLive"/> is over.</summary>
    /// <param name="cancellationToken">Ends it; what is erased by then stays erased.</param>
    /// <returns>How many were erased.</returns>
    public async ValueTask<int> EraseExpiredAsync(CancellationToken cancellationToken = default)
    {
        var erased = 0;
        var query = new ConversationQuery { Tenant = null, ExpiresBefore = _view.Now, IncludeHidden = true, PageSize = ConversationQuery.MaxPageSize };
        while (true)
        {
            var page = await _view.Store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Conversations.Count > 0)
            {
                await SettleEventsAsync(cancellationToken).ConfigureAwait(false);
            }

            foreach (var expired in page.Conversations)
            {
                // Another instance may have been faster, or somebody may have written to it meanwhile.
                erased += await In(expired.Tenant).EraseAsync(expired, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            if (page.NextCursor is not { } next)
            {
                return erased;
            }

            query = query with { Cursor = next };
        }
    }

    /// <summary>Waits for what was raised before an erasure to be in the log: what still waits for it would be written with what was said.</summary>
    private async ValueTask SettleEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _view.Observability.Events.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (EventDeliveryException)
        {
            // A sink that is away, which may be another than the log, keeps nobody from erasing.
        }
    }

    private async ValueTask<bool> EraseAsync(Conversation expired, CancellationToken cancellationToken)
    {
        try
        {
            await _view.CommitAsync(Deletion(expired, ConversationDelete.Erase, "expired") with { ExpectedVersion = expired.Version }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is ConversationNotFoundException or ConversationConflictException)
        {
            return false;
        }
    }

    /// <summary>Commits to a conversation that may be hidden.</summary>
    /// <returns>Whether it is there to commit to.</returns>
    private async ValueTask<bool> TryCommitAsync(string conversationId, Func<Conversation, ConversationCommit?> commit, CancellationToken cancellationToken)
    {
        if (_view.OwnOrNull(await _view.Store.FindAsync(_view.Tenant, conversationId, includeHidden: true, cancellationToken).ConfigureAwait(false)) is not { } found)
        {
            return false;
        }

        try
        {
            if (commit(found) is { } wanted)
            {
                await _view.CommitAsync(wanted, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (ConversationNotFoundException)
        {
            return false;
        }
    }

    private ConversationCommit Deletion(Conversation conversation, ConversationDelete how, string? reason)
    {
        var mode = how == ConversationDelete.Erase ? "erase" : "hide";
        return _view.Commit(conversation, _view.Events.Of(AgentEventTypes.ConversationDeleted, conversation, _view.Now, (EventDataKeys.Mode, mode), (EventDataKeys.Reason, reason))) with { Delete = how, ExpiresAt = null };
    }
}
