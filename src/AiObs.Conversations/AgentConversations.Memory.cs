using AiObs.Conversations.Turns;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <content>Memory.</content>
public sealed partial class AgentConversations
{
    /// <summary>Decides what a model is shown of a conversation's present branch, and keeps the decisions on a turn.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="request">The model and what else strategies need to know; by default the model of the conversation.</param>
    /// <param name="strategies">The strategies, in the order in which they work; by default <see cref="ConversationOptions.Memory"/>.</param>
    /// <param name="newMessages">Messages of the present turn that are not stored yet. They come last, and are never dropped.</param>
    /// <param name="injected">Messages that are put before the history, after those of the system, and are not stored.</param>
    /// <param name="turnId">The turn; by default a new one. Give it to <see cref="AddMessagesAsync"/> with the answer, which ends the turn.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is kept.</param>
    /// <returns>What the model is shown, which is always a request that a provider takes, and how that came about.</returns>
    /// <remarks>Calls that strategies make, such as those for summaries, are observed and priced as any other.</remarks>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="MemoryException">A strategy failed and <see cref="MemoryRequest.OnFailure"/> does not say otherwise, or what must be kept does not fit.</exception>
    /// <exception cref="ConversationConflictException">A turn was named, and others were faster twenty times in a row.</exception>
    public async ValueTask<MemoryResult> ApplyMemoryAsync(
        string conversationId,
        MemoryRequest? request = null,
        IEnumerable<IMemoryStrategy>? strategies = null,
        IEnumerable<ChatMessage>? newMessages = null,
        IEnumerable<ChatMessage>? injected = null,
        string? turnId = null,
        CancellationToken cancellationToken = default)
    {
        var found = await _view.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var memory = new TurnMemory(_view);
        var result = await memory.ApplyAsync(
            found,
            upTo: null,
            request ?? new(),
            [.. strategies ?? _view.Options.Memory],
            [.. newMessages ?? []],
            [.. injected ?? []],
            turnId,
            cancellationToken).ConfigureAwait(false);
        return turnId is null ? await KeepAsync(known: null, version: null).ConfigureAwait(false) : await AgainAsync(
            async version => await KeepAsync(await _view.Store.FindTurnAsync(_view.Tenant, found.Id, turnId, cancellationToken).ConfigureAwait(false), version).ConfigureAwait(false),
            found,
            cancellationToken).ConfigureAwait(false);

        // Keeps decisions on their turn, with the events that tell of them.
        async ValueTask<MemoryResult> KeepAsync(TurnRecord? known, long? version)
        {
            var turn = (known ?? new() { Id = result.TurnId!, StartedAt = _view.Now, Branch = found.Branch }) with { Memory = result.ToRecord() };
            await _view.CommitAsync(_view.Commit(found, memory.EventsOf(found, result, turn.Memory)) with { Turn = turn, ExpectedVersion = version }, cancellationToken).ConfigureAwait(false);
            return result;
        }
    }

    /// <summary>
    /// Does what was made of a turn as it is. Whoever writes the same turn at the same time makes something else of it, and one would undo the other: so the conversation has to be
    /// as it was when the turn was read, and where it is not, all of it is done again.
    /// </summary>
    /// <exception cref="ConversationConflictException">Others were faster twenty times in a row, or something else is in the way.</exception>
    private async ValueTask<T> AgainAsync<T>(Func<long, ValueTask<T>> work, Conversation conversation, CancellationToken cancellationToken)
    {
        var version = conversation.Version;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(version).ConfigureAwait(false);
            }
            catch (ConversationConflictException) when (attempt < MostAttempts)
            {
                var now = await _view.GetAsync(conversation.Id, cancellationToken).ConfigureAwait(false);
                if (now.Version == version)
                {
                    throw;
                }

                version = now.Version;
            }
        }
    }

    /// <summary>Ends a turn that its answer is added to.</summary>
    private async ValueTask<TurnRecord?> EndAsync(string? turnId, string conversationId, IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        if (turnId is null || await _view.Store.FindTurnAsync(_view.Tenant, conversationId, turnId, cancellationToken).ConfigureAwait(false) is not { EndedAt: null } turn || messages[^1].Role != ChatRole.Assistant)
        {
            return null;
        }

        return messages[^1].CallIds.Count > 0 ? turn with { State = TurnState.AwaitingTools } : turn with { State = TurnState.Completed, EndedAt = _view.Now };
    }
}
