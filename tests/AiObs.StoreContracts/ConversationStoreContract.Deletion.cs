using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class ConversationStoreContract
{
    [Fact]
    public async Task Hidden_IsFoundByNobodyWhoDoesNotAskForIt()
    {
        var store = await CreateStoreAsync(1, 2);
        await store.CommitAsync(ConversationSamples.Commit() with { Turn = Turn(1) }, Stop);

        var result = await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Hide, At = Start.AddHours(2) }, Stop);

        Assert.Equal(5, result.Version);
        Assert.Null(await FindAsync(store));
        Assert.Null(await store.FindTurnAsync("", ConversationSamples.Id, "t-1", Stop));
        Assert.Empty(await store.ListTurnsAsync("", ConversationSamples.Id, cancellationToken: Stop));
        Assert.Empty(await ReadAsync(store, Query));
        Assert.Empty(await ListAsync(store, new()));
        Assert.Equal(0, await store.CountAsync(new(), Stop));
        Assert.Equal(Start.AddHours(2), (await store.FindAsync("", ConversationSamples.Id, includeHidden: true, Stop))!.DeletedAt);
        await AssertReadAsync(store, Query with { IncludeHidden = true }, 1, 2);
        Assert.Equal([ConversationSamples.Id], await ListAsync(store, new() { IncludeHidden = true }));
        Assert.Equal(1, await store.CountAsync(new() { IncludeHidden = true }, Stop));
    }

    [Theory]
    [InlineData(ConversationDelete.Hide)]
    [InlineData(ConversationDelete.Erase)]
    public async Task Deleted_StaysDeletedWhateverLateWritersDo(ConversationDelete how)
    {
        var store = await CreateStoreAsync(1);
        await store.CommitAsync(ConversationSamples.Commit() with { Delete = how }, Stop);
        ConversationCommit[] late =
        [
            ConversationSamples.Commit(2),
            ConversationSamples.Commit(1),
            ConversationSamples.Commit(2) with { Create = ConversationSamples.State },
            ConversationSamples.Creating with { ExpectedVersion = 0 },
            ConversationSamples.Commit() with { Update = ConversationSamples.State, ExpectedVersion = 3 },
            ConversationSamples.Commit() with { Turn = Turn(1) },
            ConversationSamples.Commit() with { Delete = ConversationDelete.Hide },
        ];

        foreach (var commit in late)
        {
            await Assert.ThrowsAsync<ConversationNotFoundException>(() => store.CommitAsync(commit, Stop).AsTask());
        }

        Assert.Null(await FindAsync(store));
        Assert.Equal(0, await store.CountAsync(new(), Stop));
    }

    [Fact]
    public async Task Restored_IsThereAsItWas()
    {
        var store = await CreateStoreAsync(1, 2);
        await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Hide }, Stop);

        await store.CommitAsync(ConversationSamples.Commit() with { Restore = true, At = Start.AddHours(3) }, Stop);

        Assert.Equal(
            ConversationSamples.Text(ConversationSamples.State with { CreatedAt = Start, UpdatedAt = Start.AddHours(3), Version = 5, MessageCount = 2 }),
            ConversationSamples.Text(await FindAsync(store)));
        await AssertReadAsync(store, Query, 1, 2);
        Assert.Equal([3], (await store.CommitAsync(ConversationSamples.Commit(3), Stop)).Sequences);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erased_IsGoneForGood(bool isHiddenFirst)
    {
        var store = await CreateStoreAsync(1, 2);
        await store.CommitAsync(ConversationSamples.Commit() with { Turn = Turn(1) }, Stop);
        if (store is ISummaryStore summaries)
        {
            await summaries.SaveSummaryAsync("", ConversationSamples.Id, Summary(1), Stop);
        }

        if (isHiddenFirst)
        {
            await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Hide }, Stop);
        }

        await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase }, Stop);

        Assert.Null(await store.FindAsync("", ConversationSamples.Id, includeHidden: true, Stop));
        Assert.Empty(await ReadAsync(store, Query with { IncludeHidden = true }));
        Assert.Empty(await ListAsync(store, new() { IncludeHidden = true }));
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => store.CommitAsync(ConversationSamples.Commit() with { Restore = true }, Stop).AsTask());
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase }, Stop).AsTask());
        if (store is ISummaryStore kept)
        {
            Assert.Null(await kept.FindSummaryAsync("", ConversationSamples.Id, "coverage-1", Stop));
        }
    }

    [Fact]
    public async Task Expiry_SlidesWithCommitsThatSaySo()
    {
        var store = await CreateStoreAsync([]);

        await store.CommitAsync(ConversationSamples.Commit(1) with { ExpiresAt = Start.AddDays(1) }, Stop);
        await store.CommitAsync(ConversationSamples.Commit(2), Stop);
        Assert.Equal(Start.AddDays(1), (await FindAsync(store))!.ExpiresAt);

        await store.CommitAsync(ConversationSamples.Commit(3) with { ExpiresAt = Start.AddDays(2) }, Stop);
        Assert.Equal(Start.AddDays(2), (await FindAsync(store))!.ExpiresAt);
    }
}
