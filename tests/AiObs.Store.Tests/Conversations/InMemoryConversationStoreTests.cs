using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Conversations;

public sealed class InMemoryConversationStoreTests : ConversationStoreContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected override ValueTask<IConversationStore> CreateStoreAsync() => new(new InMemoryConversationStore());

    [Theory]
    [InlineData(0)]
    [InlineData(10_000_001)]
    public void Capacity_OutOfRange_IsRefused(int capacity) => Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryConversationStore(capacity));

    [Fact]
    public async Task Capacity_ThatIsReached_DropsTheConversationWrittenToLongestAgo()
    {
        var store = new InMemoryConversationStore(capacity: 4);
        foreach (var (id, message) in new[] { ("a", 1), ("b", 2), ("a", 3), ("c", 4) })
        {
            await store.CommitAsync(ConversationSamples.Commit(message) with { ConversationId = id, Create = ConversationSamples.State }, Token);
        }

        await store.CommitAsync(ConversationSamples.Commit(5) with { ConversationId = "c" }, Token);

        Assert.Equal(1, store.DroppedCount);
        Assert.Equal(["a", "c"], (await store.ListAsync(new(), Token)).Conversations.Select(static conversation => conversation.Id).Order());
    }

    [Fact]
    public async Task Capacity_ConversationsWithoutMessages_AreBoundedToo()
    {
        var store = new InMemoryConversationStore(capacity: 2);
        foreach (var id in new[] { "a", "b", "c" })
        {
            await store.CommitAsync(ConversationSamples.Creating with { ConversationId = id }, Token);
        }

        Assert.Equal(1, store.DroppedCount);
        Assert.Equal(["b", "c"], (await store.ListAsync(new(), Token)).Conversations.Select(static conversation => conversation.Id).Order());
    }

    [Fact]
    public async Task Capacity_OfLessThanOneConversationTakes_KeepsThatOne()
    {
        var store = new InMemoryConversationStore(capacity: 1);

        await store.CommitAsync(ConversationSamples.Commit(1, 2, 3) with { Create = ConversationSamples.State }, Token);

        Assert.Equal(3, (await store.FindAsync("", ConversationSamples.Id, cancellationToken: Token))!.MessageCount);
    }
}
