using System.Runtime.CompilerServices;
using AiObs.Conversations.Storing;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Finds where in a conversation a turn begins.</summary>
internal sealed class TurnPlaces(ConversationView view, TurnRequest request)
{
    private const int PageSize = 100;

    /// <summary>Finds the place of a turn.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="known">The turn, where it has begun before.</param>
    /// <param name="others">The turns that run beside it.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="ArgumentException">A message that is to be replaced is not there, or there is nothing to answer.</exception>
    public async ValueTask<TurnPlace> FindAsync(Conversation conversation, TurnRecord? known, IReadOnlyList<TurnRecord> others, CancellationToken cancellationToken)
    {
        if (known is { State: TurnState.AwaitingTools })
        {
            return new(known.Branch, UpTo: null, request.Messages) { IsBeside = known.Branch != conversation.Branch };
        }

        if (known is { QuestionSequence: { } question })
        {
            return await FindAgainAsync(conversation, known, question, cancellationToken).ConfigureAwait(false);
        }

        if (request.RegenerateMessageId is { } answer)
        {
            return new(conversation.Branch, await FindBeforeAsync(conversation, answer, ChatRole.Assistant, cancellationToken).ConfigureAwait(false), []) { Forks = true };
        }

        if (request.Messages.Count == 0)
        {
            throw new ArgumentException($"The turn has no {nameof(request.Messages)}, and there is none '{request.TurnId}' to go on with.");
        }

        if (request.EditMessageId is { } edited)
        {
            return new(conversation.Branch, await FindBeforeAsync(conversation, edited, ChatRole.User, cancellationToken).ConfigureAwait(false), request.Messages) { Forks = true, EditedId = edited };
        }

        return others.Count > 0 && await FindBeforeOthersAsync(conversation, others, cancellationToken).ConfigureAwait(false) is { } before
            ? new(conversation.Branch, before, request.Messages) { Forks = true, IsBeside = true }
            : new(conversation.Branch, UpTo: null, request.Messages);
    }

    /// <summary>Goes on after the question of a turn that was begun before; on a branch of its own where something stands after it.</summary>
    private async ValueTask<TurnPlace> FindAgainAsync(Conversation conversation, TurnRecord known, long question, CancellationToken cancellationToken)
    {
        var after = await view.Store.ReadAsync(
            new() { ConversationId = conversation.Id, Tenant = view.Tenant, Branch = known.Branch, AfterSequence = question, PageSize = PageSize }, cancellationToken).ConfigureAwait(false);

        // What was delivered of its answer the first time is left; what others have said stays the present.
        var isOwn = after.Messages.All(message => message.TurnId == known.Id);
        return new(known.Branch, question, []) { Forks = after.Messages.Count > 0, IsBeside = known.Branch != conversation.Branch || !isOwn };
    }

    /// <summary>Finds the last message that a branch shares with one where a message is replaced.</summary>
    private async ValueTask<long> FindBeforeAsync(Conversation conversation, string messageId, ChatRole role, CancellationToken cancellationToken)
    {
        var isFound = false;
        await foreach (var message in ReadBackAsync(conversation, cancellationToken).ConfigureAwait(false))
        {
            if (isFound && (role == ChatRole.User || message.Role == ChatRole.User))
            {
                return message.Sequence;
            }

            if (!isFound && message.Id == messageId)
            {
                isFound = message.Role == role
                    ? true
                    : throw new ArgumentException($"The message '{messageId}' is of the role '{message.Role}', not '{role}': questions are edited, and answers regenerated.");
            }
        }

        return isFound && role == ChatRole.User
            ? 0
            : throw new ArgumentException($"The conversation '{conversation.Id}' has no message '{messageId}' on its present branch, or none that it answers.");
    }

    /// <summary>Finds the last message that is of no turn that runs; nothing where these are on other branches.</summary>
    private async ValueTask<long?> FindBeforeOthersAsync(Conversation conversation, IReadOnlyList<TurnRecord> others, CancellationToken cancellationToken)
    {
        var running = others.Select(static turn => turn.Id).ToHashSet(StringComparer.Ordinal);
        var hasSome = others.Any(turn => turn.Branch == conversation.Branch);
        if (!hasSome)
        {
            return null;
        }

        await foreach (var message in ReadBackAsync(conversation, cancellationToken).ConfigureAwait(false))
        {
            if (message.TurnId is null || !running.Contains(message.TurnId))
            {
                return message.Sequence;
            }
        }

        return 0;
    }

    private async IAsyncEnumerable<StoredMessage> ReadBackAsync(Conversation conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new MessageQuery { ConversationId = conversation.Id, Tenant = view.Tenant, Branch = conversation.Branch, IsDescending = true, PageSize = PageSize };
        for (MessagePage? page = null; page is not { HasMore: false };)
        {
            page = await view.Store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var message in page.Messages)
            {
                yield return message;
            }

            query = page.HasMore ? query with { BeforeSequence = page.Messages[^1].Sequence } : query;
        }
    }
}
