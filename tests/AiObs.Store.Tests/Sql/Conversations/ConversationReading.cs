using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Conversations;

/// <summary>What tests of conversations in databases do again and again.</summary>
internal static class ConversationReading
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Makes a commit of messages, each with the event of its number.</summary>
    public static ConversationCommit Commit(string id, params int[] numbers) => ConversationSamples.Commit(numbers) with
    {
        ConversationId = id,
        Create = new Conversation { Id = id, UserId = "user" },
        Events = [.. numbers.Select(number => EventOf(id, number))],
    };

    /// <summary>Makes the event that tells of a message.</summary>
    public static AgentEvent EventOf(string id, int number) => EventSamples.Said(number, $"\"said {number}\"") with { ConversationId = id };

    /// <summary>Reads all messages of a conversation, on its present branch.</summary>
    public static async Task<List<StoredMessage>> ReadAsync(IConversationStore store, string id)
    {
        List<StoredMessage> messages = [];
        while (true)
        {
            var page = await store.ReadAsync(new() { ConversationId = id, AfterSequence = messages.LastOrDefault()?.Sequence, PageSize = MessageQuery.MaxPageSize }, Stop);
            messages.AddRange(page.Messages);
            if (!page.HasMore)
            {
                return messages;
            }
        }
    }

    /// <summary>Asserts that a conversation has no gap in its numbers, and as many messages and commits as it says.</summary>
    public static async Task<List<StoredMessage>> AssertGaplessAsync(IConversationStore store, string id, int messagesPerCommit)
    {
        var messages = await ReadAsync(store, id);
        var state = await store.FindAsync("", id, cancellationToken: Stop);
        Assert.Equal(Enumerable.Range(1, messages.Count).Select(static number => (long)number), messages.Select(static message => message.Sequence));
        Assert.Equal(messages.Select((_, index) => (long)(index / messagesPerCommit) + 1), messages.Select(static message => message.Version));
        Assert.Equal((messages.Count, messages.Count / messagesPerCommit), (state!.MessageCount, state.Version));
        Assert.Equal(messages.Count, messages.DistinctBy(static message => message.Id).Count());
        Assert.All(messages, static message => Assert.Equal(message.Commitment, message.Content!.Commitment));
        return messages;
    }
}
