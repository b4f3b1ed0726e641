namespace AiObs.StoreContracts;

public abstract partial class ConversationStoreContract
{
    [Fact]
    public async Task Fork_SharesWhatIsBeforeIt()
    {
        var store = await CreateStoreAsync(1, 2, 3);

        var fork = await store.CommitAsync(ConversationSamples.Commit(4) with { Fork = new(0, 1), MakesCurrent = true }, Stop);
        await store.CommitAsync(ConversationSamples.Commit(5), Stop);
        await store.CommitAsync(ConversationSamples.Commit(6) with { Branch = 0 }, Stop);

        Assert.Equal((5, 1), (fork.Version, fork.Branch));
        Assert.Equal([4], fork.Sequences);
        Assert.Equal((1, 2), ((await FindAsync(store))!.Branch, (await FindAsync(store))!.BranchCount));
        await AssertReadAsync(store, Query, 1, 4, 5);
        await AssertReadAsync(store, Query with { Branch = 0 }, 1, 2, 3, 6);
        Assert.Empty(await ReadAsync(store, Query with { Branch = 2 }));
    }

    [Fact]
    public async Task Fork_ThatIsNotMadeCurrent_LeavesThePresentBranch()
    {
        var store = await CreateStoreAsync(1, 2);

        var fork = await store.CommitAsync(ConversationSamples.Commit(3) with { Fork = new(0, 2) }, Stop);

        Assert.Equal(1, fork.Branch);
        await AssertReadAsync(store, Query, 1, 2);
        await AssertReadAsync(store, Query with { Branch = 1 }, 1, 2, 3);
    }

    [Fact]
    public async Task Fork_AfterNothing_SharesNothing()
    {
        var store = await CreateStoreAsync(1, 2);

        await store.CommitAsync(ConversationSamples.Commit(3) with { Fork = new(0, 0), MakesCurrent = true }, Stop);

        await AssertReadAsync(store, Query, 3);
    }

    [Fact]
    public async Task Switch_MakesABranchThePresentOne()
    {
        var store = await CreateStoreAsync(1, 2);
        await store.CommitAsync(ConversationSamples.Commit(3) with { Fork = new(0, 1), MakesCurrent = true }, Stop);

        var result = await store.CommitAsync(ConversationSamples.Commit() with { Branch = 0, MakesCurrent = true }, Stop);

        Assert.Equal((5, 0), (result.Version, result.Branch));
        await AssertReadAsync(store, Query, 1, 2);
    }

    [Fact]
    public async Task Fork_AfterAMessageOfAnotherBranch_IsRefused()
    {
        var store = await CreateStoreAsync(1, 2, 3);
        await store.CommitAsync(ConversationSamples.Commit(4) with { Fork = new(0, 1) }, Stop);

        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(ConversationSamples.Commit(5) with { Fork = new(1, 2) }, Stop).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(ConversationSamples.Commit(5) with { Fork = new(0, 4) }, Stop).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync(ConversationSamples.Commit(5) with { Fork = new(0, -1) }, Stop).AsTask());
    }

    /// <summary>Any forks and messages: what a branch has equals a walk over the tree by hand.</summary>
    [Fact]
    public async Task Branches_OfAnyTree_EqualANaiveWalk()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 5; round++)
        {
            var store = await CreateStoreAsync([]);
            List<List<int>> paths = [[]];
            for (var number = 1; number <= 60; number++)
            {
                var branch = random.Next(paths.Count);
                var commit = ConversationSamples.Commit(number);
                if (random.Next(4) == 0 && paths[branch].Count > 0)
                {
                    var shared = random.Next(paths[branch].Count + 1);
                    paths.Add([.. paths[branch][..shared], number]);
                    commit = commit with { Fork = new(branch, shared == 0 ? 0 : paths[branch][shared - 1]) };
                }
                else
                {
                    paths[branch].Add(number);
                    commit = commit with { Branch = branch };
                }

                await store.CommitAsync(commit, Stop);
            }

            for (var branch = 0; branch < paths.Count; branch++)
            {
                var query = Query with { Branch = branch, PageSize = random.Next(1, 9) };
                Assert.Equal(paths[branch], await ReadAsync(store, query));
                Assert.Equal(paths[branch].AsEnumerable().Reverse(), await ReadAsync(store, query with { IsDescending = true }));
            }
        }
    }
}
