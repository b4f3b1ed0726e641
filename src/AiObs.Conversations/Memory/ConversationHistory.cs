using System.Text.Json;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>As much of a conversation as the first strategy needs, read from its end: what is older would be dropped unread.</summary>
/// <param name="Messages">The messages that were read, in order; those that memory always keeps are among them, however old.</param>
/// <param name="FirstSequence">The first of those that were read one after the other; <see langword="null"/> where that is all there is.</param>
internal sealed record ConversationHistory(IReadOnlyList<StoredMessage> Messages, long? FirstSequence)
{
    private const int PageSize = 200;

    /// <summary>Estimates are corrected down to half of what they are, and not too little may be read.</summary>
    private const int LargestCorrection = 2;

    public static async ValueTask<ConversationHistory> ReadAsync(
        IConversationStore store, Conversation conversation, JsonSerializerOptions? json, IMemoryStrategy? first, MemoryRequest request, CancellationToken cancellationToken)
    {
        var query = new MessageQuery { ConversationId = conversation.Id, Tenant = conversation.Tenant, Branch = conversation.Branch, IsDescending = true, PageSize = PageSize };
        List<StoredMessage> newest = [];
        var (counted, tokens) = (0, 0L);
        while (true)
        {
            var page = await store.ReadAsync(query with { BeforeSequence = newest.Count == 0 ? null : newest[^1].Sequence }, cancellationToken).ConfigureAwait(false);
            newest.AddRange(page.Messages.Select(message => message with { JsonOptions = json }));
            if (!page.HasMore)
            {
                newest.Reverse();
                return new(newest, FirstSequence: null);
            }

            // Nothing is parted at a question: calls and their results stand between two of them.
            var count = newest.FindLastIndex(static message => message.Role == ChatRole.User && message.CallIds.Count == 0) + 1;
            if (count > 0 && first?.HasEnough(request, newest[..count].Count(CanBeDropped), CountTokens) == true)
            {
                return await WithStandingAsync(store, query, json, newest[..count], cancellationToken).ConfigureAwait(false);
            }

            long CountTokens()
            {
                for (; counted < count; counted++)
                {
                    tokens += TokensOf(newest[counted], request);
                }

                return tokens;
            }
        }
    }

    private static async ValueTask<ConversationHistory> WithStandingAsync(
        IConversationStore store, MessageQuery query, JsonSerializerOptions? json, List<StoredMessage> newest, CancellationToken cancellationToken)
    {
        var firstSequence = newest[^1].Sequence;
        query = query with { OnlyStanding = true, PageSize = MessageQuery.MaxPageSize };
        for (var hasMore = true; hasMore;)
        {
            var page = await store.ReadAsync(query with { BeforeSequence = newest[^1].Sequence }, cancellationToken).ConfigureAwait(false);
            newest.AddRange(page.Messages.Select(message => message with { JsonOptions = json }));
            hasMore = page.HasMore;
        }

        newest.Reverse();
        return new(newest, firstSequence);
    }

    private static bool CanBeDropped(StoredMessage message) =>
        message is { IsPinned: false, Status: MessageStatus.Complete or MessageStatus.Partial } && message.Role != ChatRole.System;

    /// <summary>Counts tokens, too few rather than too many.</summary>
    private static long TokensOf(StoredMessage message, MemoryRequest request)
    {
        if (message.Status != MessageStatus.Complete)
        {
            return 0;
        }

        var counter = request.TokenCounter ?? ITokenCounter.Estimate;
        return message.TokenCount ?? (counter.Count(message.ToMessage(), request.Model) / (counter.IsExact(request.Model) ? 1 : LargestCorrection));
    }
}
