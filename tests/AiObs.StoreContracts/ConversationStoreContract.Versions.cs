using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class ConversationStoreContract
{
    [Fact]
    public async Task Commit_WithTheVersionThatIsThere_IsDone()
    {
        var store = await CreateStoreAsync(1);

        var result = await store.CommitAsync(ConversationSamples.Commit(2) with { ExpectedVersion = 2 }, Stop);

        Assert.Equal(3, result.Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Commit_WithAnotherVersion_IsAConflictAndDoesNothing(long expected)
    {
        var store = await CreateStoreAsync(1);

        var conflict = await Assert.ThrowsAsync<ConversationConflictException>(
            () => store.CommitAsync(ConversationSamples.Commit(2) with { ExpectedVersion = expected, Create = ConversationSamples.State }, Stop).AsTask());

        Assert.Equal(2, conflict.ActualVersion);
        await AssertReadAsync(store, Query, 1);
    }

    [Fact]
    public async Task Update_TakesThePlaceOfWhatMayChange()
    {
        var store = await CreateStoreAsync(1);
        var update = new Conversation { Id = "ignored", Tenant = "ignored", UserId = "bob", Title = "New", Model = "o3", Tags = ["done"], Metadata = ConversationSamples.Json("""{"a": null}"""), CreatedAt = Start.AddYears(9), Version = 99, Branch = 7 };

        await store.CommitAsync(ConversationSamples.Commit() with { Update = update, ExpectedVersion = 2, At = Start.AddHours(1) }, Stop);

        Assert.Equal(
            ConversationSamples.Text(update with { Id = ConversationSamples.Id, Tenant = "", CreatedAt = Start, UpdatedAt = Start.AddHours(1), Version = 3, MessageCount = 1, Branch = 0 }),
            ConversationSamples.Text(await FindAsync(store)));
        Assert.Equal([ConversationSamples.Id], await ListAsync(store, new() { Tags = ["done"] }));
        Assert.Empty(await ListAsync(store, new() { Tags = ["shop"] }));
    }

    [Fact]
    public async Task Messages_AsOfAVersion_AreThoseThatWereThere()
    {
        var store = await CreateStoreAsync(1, 2, 3);
        await store.CommitAsync(ConversationSamples.Commit(4) with { Fork = new(0, 1), MakesCurrent = true }, Stop);

        Assert.Empty(await ReadAsync(store, Query with { AsOfVersion = 0 }));
        Assert.Empty(await ReadAsync(store, Query with { AsOfVersion = 1 }));
        await AssertReadAsync(store, Query with { AsOfVersion = 3 }, 1, 2);
        await AssertReadAsync(store, Query with { AsOfVersion = 4 }, 1, 2, 3);
        await AssertReadAsync(store, Query with { AsOfVersion = 5 }, 1, 4);
        await AssertReadAsync(store, Query with { AsOfVersion = 99 }, 1, 4);
        await AssertReadAsync(store, Query with { AsOfVersion = 3, Branch = 0 }, 1, 2);
    }
}
