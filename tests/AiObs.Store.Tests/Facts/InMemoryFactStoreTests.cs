using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Facts;

public sealed class InMemoryFactStoreTests : FactStoreContract
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override ValueTask<IFactStore> CreateStoreAsync() => new(new InMemoryConversationStore());

    [Fact]
    public async Task CommitFactsAsync_NoRoom_DropsTheUserOfLongestAgo()
    {
        var store = new InMemoryConversationStore(capacity: 3);
        for (var user = 0; user < 3; user++)
        {
            await AddAsync(store, user, version: 0);
        }

        await AddAsync(store, user: 0, version: 1);

        var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(async user => (await store.ReadFactsAsync(new() { UserId = $"u-{user}", IncludeEnded = true }, Stop)).Facts.Count));
        Assert.Equal([2, 0, 1], counts);
    }

    private static async Task AddAsync(InMemoryConversationStore store, int user, long version) => await store.CommitFactsAsync(
        new()
        {
            UserId = $"u-{user}",
            At = DateTimeOffset.UnixEpoch,
            ExpectedVersion = version,
            Saved = [new() { Id = $"f-{version}", Key = "k", Value = "v", CreatedAt = DateTimeOffset.UnixEpoch }],
        },
        Stop);
}
