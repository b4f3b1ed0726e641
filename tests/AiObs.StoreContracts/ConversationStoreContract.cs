using AiObs.Store;

namespace AiObs.StoreContracts;

/// <summary>What every <see cref="IConversationStore"/> does. A test class derives from it for each implementation.</summary>
public abstract partial class ConversationStoreContract
{
    /// <summary>Makes an empty store for one test.</summary>
    protected abstract ValueTask<IConversationStore> CreateStoreAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static DateTimeOffset Start => ConversationSamples.Start;

    /// <summary>Makes a store with the sample conversation, and commits of one message each.</summary>
    private async Task<IConversationStore> CreateStoreAsync(params int[] messages)
    {
        var store = await CreateStoreAsync();
        await store.CommitAsync(ConversationSamples.Creating, Stop);
        foreach (var message in messages)
        {
            await store.CommitAsync(ConversationSamples.Commit(message), Stop);
        }

        return store;
    }

    private static ValueTask<Conversation?> FindAsync(IConversationStore store) => store.FindAsync("", ConversationSamples.Id, cancellationToken: Stop);

    private static MessageQuery Query { get; } = new() { ConversationId = ConversationSamples.Id };

    /// <summary>Reads the numbers of messages, page after page.</summary>
    private static async Task<int[]> ReadAsync(IConversationStore store, MessageQuery query)
    {
        List<StoredMessage> messages = [];
        while (true)
        {
            var page = await store.ReadAsync(query, Stop);
            Assert.InRange(page.Messages.Count, page.HasMore ? query.PageSize : 0, query.PageSize);
            messages.AddRange(page.Messages);
            if (!page.HasMore)
            {
                return [.. messages.Select(static message => int.Parse(message.Id[2..], System.Globalization.CultureInfo.InvariantCulture))];
            }

            var last = page.Messages[^1].Sequence;
            query = query.IsDescending ? query with { BeforeSequence = last } : query with { AfterSequence = last };
        }
    }

    private static async Task AssertReadAsync(IConversationStore store, MessageQuery query, params int[] expected) => Assert.Equal(expected, await ReadAsync(store, query));

    /// <summary>Lists the ids of conversations, page after page.</summary>
    private static async Task<string[]> ListAsync(IConversationStore store, ConversationQuery query)
    {
        const int MostPages = 1_000;
        List<string> ids = [];
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await store.ListAsync(query, Stop);
            Assert.InRange(page.Conversations.Count, page.NextCursor is null ? 0 : query.PageSize, query.PageSize);
            ids.AddRange(page.Conversations.Select(static conversation => conversation.Id));
            if (page.NextCursor is null)
            {
                return [.. ids];
            }

            query = query with { Cursor = page.NextCursor };
        }

        Assert.Fail("The pages have no end.");
        return [];
    }
}
