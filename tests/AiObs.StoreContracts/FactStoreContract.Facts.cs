using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class FactStoreContract
{
    [Fact]
    public async Task ReadFactsAsync_NothingKnown_IsEmptyOfVersionZero()
    {
        var store = await CreateStoreAsync();

        var known = await store.ReadFactsAsync(Query, Stop);

        Assert.Equal(0, known.Version);
        Assert.Empty(known.Facts);
    }

    [Fact]
    public async Task CommitFactsAsync_New_AreReadAsTheyWereSaid()
    {
        var store = await CreateStoreAsync();
        var said = Fact("f-1", "city", "Rome\n\"quoted\" 🌍") with { Confidence = 0.123456789012345, ConversationId = Conversation, MessageId = "m-7" };

        Assert.Equal(1, await store.CommitFactsAsync(Commit(0, said, Fact("f-2", "diet", "vegan")), Stop));

        var known = await store.ReadFactsAsync(Query, Stop);
        Assert.Equal(1, known.Version);
        Assert.Equal([Fact("f-2", "diet", "vegan") with { Version = 1, CreatedAt = Start }, said with { Version = 1, CreatedAt = Start }], known.Facts);
    }

    [Fact]
    public async Task CommitFactsAsync_SameKey_EndsTheOneBefore()
    {
        var store = await CommittedAsync(await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome")), Commit(1, Fact("f-2", "city", "Oslo")));

        Assert.Equal(["city=Oslo"], await ReadAsync(store, Query));
        Assert.Equal(
            [
                Fact("f-2", "city", "Oslo") with { Version = 2, CreatedAt = Start.AddMinutes(1) },
                Fact("f-1", "city", "Rome") with { Version = 1, CreatedAt = Start, EndedAt = Start.AddMinutes(1), SupersededBy = "f-2" },
            ],
            (await store.ReadFactsAsync(Query with { IncludeEnded = true }, Stop)).Facts);
    }

    [Fact]
    public async Task CommitFactsAsync_KeyEnded_HasNoneInItsPlace()
    {
        var store = await CommittedAsync(
            await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome"), Fact("f-2", "diet", "vegan")), Commit(1) with { Ended = ["city", "unknown"] });

        Assert.Equal(["diet=vegan"], await ReadAsync(store, Query));
        var ended = Assert.Single((await store.ReadFactsAsync(Query with { Key = "city", IncludeEnded = true }, Stop)).Facts);
        Assert.Equal(Fact("f-1", "city", "Rome") with { Version = 1, CreatedAt = Start, EndedAt = Start.AddMinutes(1) }, ended);
    }

    [Fact]
    public async Task CommitFactsAsync_KeyAfterItsEnd_IsBelievedAgain()
    {
        var store = await CommittedAsync(
            await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome")), Commit(1) with { Ended = ["city"] }, Commit(2, Fact("f-2", "city", "Oslo")));

        Assert.Equal(["city=Oslo"], await ReadAsync(store, Query));
        Assert.Equal([null, null], (await store.ReadFactsAsync(Query with { IncludeEnded = true }, Stop)).Facts.Select(static fact => fact.SupersededBy));
    }

    [Fact]
    public async Task ReadFactsAsync_AsOf_AreWhatWasBelievedThen()
    {
        var store = await CommittedAsync(
            await CreateStoreAsync(),
            Commit(0, Fact("f-1", "city", "Rome")),
            Commit(1, Fact("f-2", "city", "Oslo"), Fact("f-3", "diet", "vegan")),
            Commit(2) with { Ended = ["diet"] });

        Assert.Empty(await ReadAsync(store, Query with { AsOf = Start.AddTicks(-1) }));
        Assert.Equal(["city=Rome"], await ReadAsync(store, Query with { AsOf = Start }));
        Assert.Equal(["city=Rome"], await ReadAsync(store, Query with { AsOf = Start.AddMinutes(1).AddTicks(-1) }));
        Assert.Equal(["diet=vegan", "city=Oslo"], await ReadAsync(store, Query with { AsOf = Start.AddMinutes(1) }));
        Assert.Equal(["city=Oslo"], await ReadAsync(store, Query with { AsOf = Start.AddMinutes(2) }));
    }

    [Fact]
    public async Task ReadFactsAsync_KeyAndMost_Narrow()
    {
        var store = await CommittedAsync(
            await CreateStoreAsync(), Commit(0, Fact("f-1", "a", "1"), Fact("f-2", "b", "2"), Fact("f-3", "A", "3")), Commit(1, Fact("f-4", "b", "4")));

        Assert.Equal(["a=1"], await ReadAsync(store, Query with { Key = "a" }));
        Assert.Equal(["b=4", "A=3"], await ReadAsync(store, Query with { MaxResults = 2 }));
    }

    [Fact]
    public async Task CommitFactsAsync_TenThousand_AreAllThere()
    {
        var store = await CreateStoreAsync();
        var first = Enumerable.Range(0, 10_000).Select(static number => Fact($"f-{number}", $"k-{number}", "1")).ToArray();
        await store.CommitFactsAsync(Commit(0, first), Stop);
        await store.CommitFactsAsync(Commit(1, [.. first.Select(static fact => fact with { Id = "n" + fact.Id, Value = "2" })]), Stop);

        var known = (await store.ReadFactsAsync(Query with { MaxResults = 10_000 }, Stop)).Facts;

        Assert.Equal(10_000, known.Count);
        Assert.All(known, static fact => Assert.Equal("2", fact.Value));
    }

    [Theory]
    [InlineData("other", User)]
    [InlineData(Tenant, "bob")]
    [InlineData(Tenant, "ADA")]
    [InlineData(Tenant, "a\0da")]
    public async Task Everything_OfAnotherTenantOrUser_IsApart(string tenant, string user)
    {
        var store = await CommittedAsync(await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome")) with { Profile = new() { Text = "Lives in Rome.", At = Start } });

        Assert.Empty(await ReadAsync(store, new() { Tenant = tenant, UserId = user }));
        Assert.Null(await store.FindProfileAsync(tenant, user, cancellationToken: Stop));
        Assert.Equal(new FactErasure(0, 0), await store.EraseFactsAsync(tenant, user, Start, Stop));
        Assert.Equal(["city=Rome"], await ReadAsync(store, Query));
    }
}
