using AiObs.Conversations.Storing;
using AiObs.Events;
using AiObs.Store;

namespace AiObs.Conversations;

/// <content>Branches.</content>
public sealed partial class AgentConversations
{
    /// <summary>Begins a new branch, which becomes the present one: what was said after its beginning stays on the branch it leaves.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="afterSequence">The last message that the new branch shares with the present one; 0 to begin anew.</param>
    /// <param name="cancellationToken">Cancels it; then there is none.</param>
    /// <returns>The number of the branch.</returns>
    /// <exception cref="ArgumentException">There is no such message on the present branch, or the fork would part a tool call from its result.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    public async ValueTask<int> ForkAsync(string conversationId, long afterSequence, CancellationToken cancellationToken = default)
    {
        var found = await _view.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        await ThrowIfCutAsync(found, afterSequence, cancellationToken).ConfigureAwait(false);
        var commit = _view.Commit(found, _view.Events.Of(AgentEventTypes.ConversationForked, found, _view.Now, (EventDataKeys.Branch, found.BranchCount))) with
        {
            Fork = new(found.Branch, afterSequence),
            MakesCurrent = true,
            ExpectedVersion = found.Version,
        };
        return (await _view.CommitAsync(commit, cancellationToken).ConfigureAwait(false)).Branch;
    }

    /// <summary>Makes another branch the present one.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is changed.</param>
    /// <returns>A task that ends when it is.</returns>
    /// <exception cref="ArgumentException">There is no such branch.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    public async ValueTask SwitchAsync(string conversationId, int branch, CancellationToken cancellationToken = default)
    {
        var found = await _view.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var commit = _view.Commit(found, _view.Events.Of(AgentEventTypes.ConversationUpdated, found, _view.Now, (EventDataKeys.Branch, branch))) with { Branch = branch, MakesCurrent = true };
        await _view.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ThrowIfCutAsync(Conversation conversation, long afterSequence, CancellationToken cancellationToken)
    {
        var query = new MessageQuery { ConversationId = conversation.Id, Tenant = _view.Tenant, Branch = conversation.Branch, PageSize = GroupLength };
        var before = await _view.Store.ReadAsync(query with { BeforeSequence = afterSequence + 1, IsDescending = true }, cancellationToken).ConfigureAwait(false);
        if (await OpenCalls.Of(before.Messages.Reverse()).FindContinuedAsync(_view.ReadAsync(query with { AfterSequence = afterSequence }, cancellationToken)).ConfigureAwait(false) is { } cut)
        {
            throw new ArgumentException(
                $"A branch cannot begin after message {afterSequence}: the tool call '{cut}' stands before that place and its result after it. Begin it before the call, or after the last of its results.", nameof(afterSequence));
        }
    }
}
