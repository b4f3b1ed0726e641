using AiObs.Cost;

namespace AiObs.StoreContracts;

public abstract partial class CostStoreContract
{
    private static CostQuery OfUser => new() { UserId = "u-17" };

    [Fact]
    public async Task EraseIdsAsync_RecordsOfAUser_GetPseudonymsAndKeepTheRest()
    {
        var store = await CreateStoreAsync(Persons());
        var (before, sum) = (await ReadAsync(store, CostQuery.All), await store.SumAsync(CostQuery.All, Stop));

        var erased = await store.EraseIdsAsync(OfUser, Stop);

        Assert.Equal(3, erased.Count);
        var after = await ReadAsync(store, CostQuery.All);
        Assert.Equal(
            before.Select(static record => CostRecordText.Of(record with { ConversationId = null, UserId = null, SessionId = null })),
            after.Select(static record => CostRecordText.Of(record with { ConversationId = null, UserId = null, SessionId = null })));
        Assert.Equal(sum, await store.SumAsync(CostQuery.All, Stop));
        Assert.Equal(0, await store.CountAsync(OfUser, Stop));
        Assert.Equal(("c-2", "u-18", null), (after[3].ConversationId, after[3].UserId, after[3].SessionId));
        Assert.Equal((null, null, null), (after[4].ConversationId, after[4].UserId, after[4].SessionId));
    }

    [Fact]
    public async Task EraseIdsAsync_SameId_GetsTheSamePseudonymSoThatSumsStay()
    {
        var store = await CreateStoreAsync(Persons());
        var sums = await SumsAsync(store);

        await store.EraseIdsAsync(OfUser, Stop);

        Assert.Equal(sums, await SumsAsync(store));
        var erased = await ReadAsync(store, CostQuery.All);
        Assert.Single(erased.Take(3).Select(static record => record.UserId).Distinct());
        Assert.Equal([erased[0].ConversationId, erased[0].ConversationId, erased[2].ConversationId], erased.Take(3).Select(static record => record.ConversationId));
        var pseudonyms = erased.Take(3).SelectMany(static record => new[] { record.ConversationId, record.UserId, record.SessionId }).OfType<string>().Distinct().ToArray();
        Assert.Equal(4, pseudonyms.Length);
        Assert.All(pseudonyms, static pseudonym => Assert.Matches("^erased-[0-9a-f]{32}$", pseudonym));
    }

    [Fact]
    public async Task EraseIdsAsync_SameIdInAnotherErasure_GetsAnotherPseudonym()
    {
        var store = await CreateStoreAsync(Persons());
        await store.EraseIdsAsync(OfUser, Stop);
        var first = (await ReadAsync(store, CostQuery.All))[0].UserId;
        Assert.True(await store.RecordAsync(CostSamples.Call(50) with { UserId = "u-17" }, Stop));

        Assert.Equal(1, (await store.EraseIdsAsync(OfUser, Stop)).Count);

        Assert.NotEqual(first, (await ReadAsync(store, CostQuery.All))[^1].UserId);
    }

    [Fact]
    public async Task EraseIdsAsync_Everything_LeavesOutWhatIsErasedOrHasNoIds()
    {
        var store = await CreateStoreAsync(Persons());
        await store.EraseIdsAsync(OfUser, Stop);
        var before = (await ReadAsync(store, CostQuery.All)).Take(3).Select(CostRecordText.Of);

        Assert.Equal(1, (await store.EraseIdsAsync(CostQuery.All, Stop)).Count);
        Assert.Equal(0, (await store.EraseIdsAsync(CostQuery.All, Stop)).Count);

        Assert.Equal(before, (await ReadAsync(store, CostQuery.All)).Take(3).Select(CostRecordText.Of));
    }

    [Theory]
    [InlineData("conversation")]
    [InlineData("session")]
    [InlineData("time")]
    public async Task EraseIdsAsync_ByOtherFilters_ReachesTheirRecords(string filter)
    {
        var store = await CreateStoreAsync(Persons());

        var erased = await store.EraseIdsAsync(
            filter switch
            {
                "conversation" => new CostQuery { ConversationId = "c-1" },
                "session" => new CostQuery { SessionId = "s-1" },
                _ => new CostQuery { Before = CostSamples.Call(2).Time },
            },
            Stop);

        Assert.Equal(filter == "session" ? 1 : 2, erased.Count);
        Assert.Equal(filter == "session" ? 2 : 1, await store.CountAsync(OfUser, Stop));
    }

    [Fact]
    public async Task EraseIdsAsync_RecordedBefore_StaysTheRecordOfItsCall()
    {
        var store = await CreateStoreAsync(Persons());
        await store.EraseIdsAsync(OfUser, Stop);

        Assert.False(await store.RecordAsync(CostSamples.Call(1) with { UserId = "u-17" }, Stop));
    }

    [Fact]
    public async Task EraseIdsAsync_Cancelled_ErasesNothing()
    {
        var store = await CreateStoreAsync(Persons());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.EraseIdsAsync(OfUser, new CancellationToken(canceled: true)));

        Assert.Equal(3, await store.CountAsync(OfUser, Stop));
    }

    [Fact]
    public async Task ApplyRetentionAsync_OldRecords_AreDropped()
    {
        var store = await CreateStoreAsync(Calls(0, 5));

        var dropped = await store.ApplyRetentionAsync(AgeAt(3), Stop);

        Assert.Equal(3, dropped.Count);
        var kept = await NumbersAsync(store, CostQuery.All);
        Assert.Equal([3, 4], kept);
        Assert.Equal(0.5m, (await store.SumAsync(CostQuery.All, Stop)).Total);
        Assert.Equal(0, await store.CountAsync(new CostQuery { Tag = "a" }, Stop));
        Assert.Equal(0, (await store.ApplyRetentionAsync(AgeAt(3), Stop)).Count);
    }

    [Fact]
    public async Task ApplyRetentionAsync_OldRecordAfterAYoungOne_Stays()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1), CostSamples.Call(10), CostSamples.Call(2));

        Assert.Equal(1, (await store.ApplyRetentionAsync(AgeAt(5), Stop)).Count);

        var kept = await NumbersAsync(store, CostQuery.All);
        Assert.Equal([2, 10], kept);
    }

    [Fact]
    public async Task ApplyRetentionAsync_CorrectionThatStays_KeepsWhatItCorrects()
    {
        var (first, second) = (CostSamples.Call(1), CostSamples.Call(2));
        var correction = CostSamples.Correction(20, second, 0.125m);
        var store = await CreateStoreAsync(
            CostSamples.Call(0), first, second, correction, CostSamples.Call(10), CostSamples.Correction(21, correction, 0.125m), CostSamples.Correction(22, first, 1m));

        Assert.Equal(1, (await store.ApplyRetentionAsync(AgeAt(5), Stop)).Count);

        Assert.Equal(2m, (await store.SumAsync(CostQuery.All, Stop)).Total);
    }

    [Fact]
    public async Task ApplyRetentionAsync_Everything_LeavesAStoreThatGoesOn()
    {
        var store = await CreateStoreAsync(Calls(0, 3));

        Assert.Equal(3, (await store.ApplyRetentionAsync(TimeSpan.Zero, Stop)).Count);

        Assert.Equal(CostSum.Zero, await store.SumAsync(CostQuery.All, Stop));
        Assert.True(await store.RecordAsync(CostSamples.Call(7), Stop));
        var kept = await NumbersAsync(store, CostQuery.All);
        Assert.Equal([7], kept);
    }

    [Fact]
    public async Task ApplyRetentionAsync_NegativeAge_Throws()
    {
        var store = await CreateStoreAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.ApplyRetentionAsync(TimeSpan.FromTicks(-1), Stop));
    }

    private static IEnumerable<CostRecord> Persons()
    {
        var corrected = CostSamples.Call(1) with { ConversationId = "c-1", UserId = "u-17" };
        return
        [
            corrected,
            CostSamples.Correction(2, corrected, 0.125m) with { Time = CostSamples.Call(2).Time },
            CostSamples.Call(3) with { ConversationId = "c-2", UserId = "u-17", SessionId = "s-1", Tags = ["a"] },
            CostSamples.Call(4) with { ConversationId = "c-2", UserId = "u-18" },
            CostSamples.Call(5),
        ];
    }

    private static IEnumerable<CostRecord> Calls(int first, int count) =>
        Enumerable.Range(first, count).Select(static number => CostSamples.Call(number) with { Tags = number < 3 ? ["a"] : [] });

    /// <summary>Returns the age at which everything before a call is too old. The clock goes on, but not by the minute to the next call.</summary>
    private static TimeSpan AgeAt(int number) => DateTimeOffset.UtcNow - CostSamples.Call(number).Time + TimeSpan.FromSeconds(30);

    private static async Task<string> SumsAsync(ICostStore store)
    {
        List<string> sums = [];
        // A conversation that others have taken part in is two from then on.
        foreach (var grouping in Enum.GetValues<CostGrouping>().Where(static grouping => grouping != CostGrouping.Conversation))
        {
            var groups = await store.SumByAsync(CostQuery.All, grouping, Stop);
            sums.AddRange(groups.Select(static group => group.Sum.ToString()).Order(StringComparer.Ordinal).Prepend(grouping.ToString()));
        }

        return string.Join('\n', sums);
    }
}
