using System.Text.Json;
using AiObs.Memory;
using AiObs.Store;

namespace AiObs.Conversations.Memory;

/// <summary>As much of a conversation as the first strategy needs, read from its end: what is older would be dropped unread.</summary>
/// <param name="Messages">The messages that were read, in order; those that memory always keeps are among them, however old.</param>
/// <param name="FirstSequence">The first of those that were read one after the other; <see langword="null"/> where that is all there is.</param>
internal sealed record ConversationHistory(IReadOnlyList<StoredMessage> Messages, long? FirstSequence)
{
    private const int PageSize = 200;

    public static async ValueTask<ConversationHistory> ReadAsync(
        IConversationStore store, Conversation conversation, long? upTo, JsonSerializerOptions? json, IMemoryStrategy? first, MemoryRequest request, CancellationToken cancellationToken)
    {
        var query = new MessageQuery { ConversationId = conversation.Id, Tenant = conversation.Tenant, Branch = conversation.Branch, IsDescending = true, PageSize = PageSize };
        List<StoredMessage> newest = [];
        var enough = first is null ? null : new EnoughHistory(first, request, newest);
        while (true)
        {
            var page = await store.ReadAsync(query with { BeforeSequence = newest.Count == 0 ? upTo + 1 : newest[^1].Sequence }, cancellationToken).ConfigureAwait(false);
            newest.AddRange(page.Messages.Select(message => message with { JsonOptions = json }));
            if (!page.HasMore)
            {
                newest.Reverse();
                return new(newest, FirstSequence: null);
            }

            if (enough?.Count() is not { } count)
            {
                continue;
            }

            var standing = await ReadStandingAsync(store, query with { BeforeSequence = newest[count - 1].Sequence }, json, cancellationToken).ConfigureAwait(false);
            if (standing.TrueForAll(static message => message.CallIds.Count == 0))
            {
                standing.Reverse();
                return new([.. standing, .. newest[..count].AsEnumerable().Reverse()], newest[count - 1].Sequence);
            }

            // What belongs to a call that always stands does so too, and may stand anywhere.
            enough = null;
        }
    }

    /// <summary>Reads what memory always keeps, the newest first.</summary>
    private static async ValueTask<List<StoredMessage>> ReadStandingAsync(IConversationStore store, MessageQuery query, JsonSerializerOptions? json, CancellationToken cancellationToken)
    {
        List<StoredMessage> standing = [];
        query = query with { OnlyStanding = true, PageSize = MessageQuery.MaxPageSize };
        for (var hasMore = true; hasMore;)
        {
            var page = await store.ReadAsync(standing.Count == 0 ? query : query with { BeforeSequence = standing[^1].Sequence }, cancellationToken).ConfigureAwait(false);
            standing.AddRange(page.Messages.Select(message => message with { JsonOptions = json }));
            hasMore = page.HasMore;
        }

        return standing;
    }
}
