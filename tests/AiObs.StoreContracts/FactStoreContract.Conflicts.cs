using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class FactStoreContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task CommitFactsAsync_AnotherVersion_DoesNothing(long expected)
    {
        var store = await CommittedAsync(await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome")));

        var conflict = await Assert.ThrowsAsync<FactConflictException>(async () => await store.CommitFactsAsync(
            Commit(expected, Fact("f-2", "city", "Oslo")) with { Profile = new() { Text = "x", At = Start }, Position = new(Conversation, 0, 9) }, Stop));

        Assert.Equal(1, conflict.ActualVersion);
        Assert.Equal($"What is known of the user was expected to have version {expected}, and has version 1. Read it again and repeat what is to be done.", conflict.Message);
        Assert.Equal(["city=Rome"], await ReadAsync(store, Query));
        Assert.Null(await store.FindProfileAsync(Tenant, User, cancellationToken: Stop));
        Assert.Equal(0, await store.FindFactPositionAsync(Tenant, Conversation, Stop));
    }

    [Fact]
    public async Task CommitFactsAsync_Position_MovesOnceFromEachPlace()
    {
        var store = await CommittedAsync(await CreateStoreAsync(), Commit(0) with { Position = new(Conversation, 0, 5) }, Commit(1) with { Position = new(Conversation, 5, 9) });

        Assert.Equal(9, await store.FindFactPositionAsync(Tenant, Conversation, Stop));
        Assert.Equal(0, await store.FindFactPositionAsync("other", Conversation, Stop));
        Assert.Equal(0, await store.FindFactPositionAsync(Tenant, "c\0", Stop));
        foreach (var from in new long[] { 0, 5, 8 })
        {
            var conflict = await Assert.ThrowsAsync<FactConflictException>(
                async () => await store.CommitFactsAsync(Commit(2, Fact("f-1", "city", "Rome")) with { Position = new(Conversation, from, 12) }, Stop));
            Assert.Equal($"The conversation 'c-1' was expected to be read for facts up to message {from}, and is up to message 9. Read on from there.", conflict.Message);
        }

        Assert.Equal(9, await store.FindFactPositionAsync(Tenant, Conversation, Stop));
        var known = await store.ReadFactsAsync(Query, Stop);
        Assert.Equal(2, known.Version);
        Assert.Empty(known.Facts);
    }

    [Fact]
    public async Task CommitFactsAsync_PositionNeverRead_CannotBeMovedFromTheMiddle()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<FactConflictException>(async () => await store.CommitFactsAsync(Commit(0) with { Position = new(Conversation, 3, 5) }, Stop));

        Assert.Equal(0, (await store.ReadFactsAsync(Query, Stop)).Version);
    }

    [Fact]
    public async Task CommitFactsAsync_WritersAtTheSameTime_OneWinsEachVersion()
    {
        const int Writers = 8;
        const int Each = 10;
        var store = await CreateStoreAsync();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                for (var number = 0; number < Each;)
                {
                    var version = (await store.ReadFactsAsync(Query, Stop)).Version;
                    try
                    {
                        await store.CommitFactsAsync(Commit(version, Fact($"f-{writer}-{number}", "count", $"{version}")), Stop);
                        number++;
                    }
                    catch (FactConflictException)
                    {
                        // Another one was faster.
                    }
                }
            },
            Stop)));

        var known = await store.ReadFactsAsync(Query with { IncludeEnded = true }, Stop);
        Assert.Equal(Writers * Each, known.Version);
        Assert.Equal(Enumerable.Range(1, Writers * Each).Reverse().Select(static version => (long)version), known.Facts.Select(static fact => fact.Version));
        Assert.Equal(known.Facts.SkipLast(1).Select(static fact => (string?)fact.Id), known.Facts.Skip(1).Select(static fact => fact.SupersededBy));
    }

    [Fact]
    public async Task CommitFactsAsync_IdOfAnother_IsRefused()
    {
        var store = await CommittedAsync(await CreateStoreAsync(), Commit(0, Fact("f-1", "city", "Rome")));

        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitFactsAsync(Commit(1, Fact("f-1", "diet", "vegan")), Stop));

        Assert.Equal("A fact has the id of one that is there already. Give each fact an id of its own.", refused.Message);
        Assert.Equal(["city=Rome"], await ReadAsync(store, Query));
        Assert.Equal(1, (await store.ReadFactsAsync(Query, Stop)).Version);
    }

    public static TheoryData<string, FactCommit> Wrong => new()
    {
        { "The user is empty.", Commit(0) with { UserId = "" } },
        { "The key of a fact is empty.", Commit(0, Fact("f-1", "", "x")) },
        { "The id of a fact is empty.", Commit(0, Fact("", "k", "x")) },
        { "The key of a fact has more than 512 characters, or some that no database takes (NUL, half of a surrogate pair).", Commit(0, Fact("f-1", new string('k', 513), "x")) },
        { "The fact 'k' has no value. To end a fact, name its key in Ended.", Commit(0, Fact("f-1", "k", null!)) },
        { "The confidence of the fact 'k' is 1.5; it lies between 0 and 1.", Commit(0, Fact("f-1", "k", "x") with { Confidence = 1.5 }) },
        { "The confidence of the fact 'k' is NaN; it lies between 0 and 1.", Commit(0, Fact("f-1", "k", "x") with { Confidence = double.NaN }) },
        { "A commit says two things of the same key. Leave one of them out.", Commit(0, Fact("f-1", "k", "x"), Fact("f-2", "k", "y")) },
        { "A commit says two things of the same key. Leave one of them out.", Commit(0, Fact("f-1", "k", "x")) with { Ended = ["k"] } },
        { "Two facts of the commit have the same id.", Commit(0, Fact("f-1", "k", "x"), Fact("f-1", "l", "y")) },
        { "The profile has no text.", Commit(0) with { Profile = new() { Text = null, At = Start } } },
        { "The position goes backwards.", Commit(0) with { Position = new(Conversation, 5, 4) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task CommitFactsAsync_Wrong_SaysWhat(string message, FactCommit commit)
    {
        var store = await CreateStoreAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitFactsAsync(commit, Stop));

        Assert.Equal(message, refused.Message);
        Assert.Equal(0, (await store.ReadFactsAsync(Query, Stop)).Version);
    }

    [Fact]
    public async Task CommitFactsAsync_Cancelled_DoesNothing()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.CommitFactsAsync(Commit(0, Fact("f-1", "city", "Rome")), new CancellationToken(canceled: true)));

        Assert.Equal(0, (await store.ReadFactsAsync(Query, Stop)).Version);
    }
}
