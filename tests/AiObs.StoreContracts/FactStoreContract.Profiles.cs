using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class FactStoreContract
{
    private static FactCommit WithProfile(long version, string text, string? model = null) => Commit(version) with { Profile = new() { Text = text, Model = model, At = default } };

    [Fact]
    public async Task FindProfileAsync_Versions_EachIsReadable()
    {
        var store = await CommittedAsync(await CreateStoreAsync(), WithProfile(0, "Lives in Rome.", "gpt-5"), Commit(1, Fact("f-1", "city", "Oslo")), WithProfile(2, "Lives in Oslo."));

        var first = new UserProfile { Version = 1, Text = "Lives in Rome.", Model = "gpt-5", At = Start };
        var second = new UserProfile { Version = 2, Text = "Lives in Oslo.", At = Start.AddMinutes(2) };
        Assert.Equal(second, await store.FindProfileAsync(Tenant, User, cancellationToken: Stop));
        Assert.Equal(first, await store.FindProfileAsync(Tenant, User, 1, Stop));
        Assert.Equal(second, await store.FindProfileAsync(Tenant, User, 2, Stop));
        Assert.Null(await store.FindProfileAsync(Tenant, User, 0, Stop));
        Assert.Null(await store.FindProfileAsync(Tenant, User, 3, Stop));
    }

    [Fact]
    public async Task EraseFactsAsync_User_LeavesKeysAndTimes()
    {
        var store = await CommittedAsync(
            await CreateStoreAsync(),
            Commit(0, Fact("f-1", "city", "Rome")),
            Commit(1, Fact("f-2", "city", "Oslo")) with { Profile = new() { Text = "Lives in Oslo.", At = Start } });

        Assert.Equal(new FactErasure(2, 1), await store.EraseFactsAsync(Tenant, User, Start.AddHours(1), Stop));
        Assert.Equal(new FactErasure(0, 0), await store.EraseFactsAsync(Tenant, User, Start.AddHours(2), Stop));

        Assert.Empty(await ReadAsync(store, Query));
        var known = await store.ReadFactsAsync(Query with { IncludeEnded = true }, Stop);
        Assert.Equal(3, known.Version);
        Assert.Equal(
            [
                new Fact { Id = "f-2", Key = "city", Value = null, Version = 2, CreatedAt = Start.AddMinutes(1), EndedAt = Start.AddHours(1) },
                new Fact { Id = "f-1", Key = "city", Value = null, Version = 1, CreatedAt = Start, EndedAt = Start.AddMinutes(1), SupersededBy = "f-2" },
            ],
            known.Facts);
        Assert.Equal(new UserProfile { Version = 1, Text = null, At = Start.AddMinutes(1) }, await store.FindProfileAsync(Tenant, User, cancellationToken: Stop));
    }

    [Fact]
    public async Task CommitFactsAsync_AfterErasure_GoesOn()
    {
        var store = await CommittedAsync(await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome")));
        await store.EraseFactsAsync(Tenant, User, Start, Stop);

        Assert.Equal(3, await store.CommitFactsAsync(Commit(2, Fact("f-2", "city", "Oslo")) with { Profile = new() { Text = "New.", At = Start } }, Stop));

        Assert.Equal(["city=Oslo"], await ReadAsync(store, Query));
        Assert.Equal("New.", (await store.FindProfileAsync(Tenant, User, cancellationToken: Stop))!.Text);
    }

    [Fact]
    public async Task CommitAsync_ConversationErased_TakesWhatComesFromIt()
    {
        var store = await CommittedAsync(
            await CreateStoreAsync(),
            Commit(0, Fact("f-1", "city", "Rome") with { ConversationId = ConversationSamples.Id }, Fact("f-2", "diet", "vegan")) with { Position = new(ConversationSamples.Id, 0, 4) });
        var conversations = (IConversationStore)store;
        await conversations.CommitAsync(ConversationSamples.Creating with { Tenant = Tenant }, Stop);
        await conversations.CommitAsync(
            new() { ConversationId = ConversationSamples.Id, Tenant = Tenant, At = Start.AddHours(1), Delete = ConversationDelete.Erase }, Stop);

        Assert.Equal(["diet=vegan"], await ReadAsync(store, Query));
        var known = await store.ReadFactsAsync(Query with { IncludeEnded = true }, Stop);
        Assert.Equal(2, known.Version);
        Assert.Equal(
            new Fact { Id = "f-1", Key = "city", Value = null, ConversationId = ConversationSamples.Id, Version = 1, CreatedAt = Start, EndedAt = Start.AddHours(1) },
            known.Facts.Single(static fact => fact.Id == "f-1"));
        Assert.Equal(0, await store.FindFactPositionAsync(Tenant, ConversationSamples.Id, Stop));
    }
}
