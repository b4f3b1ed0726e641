using AiObs.Cost;

namespace AiObs.StoreContracts;

public abstract partial class CostStoreContract
{
    private static readonly CostQuery Twos = new() { PageSize = 2 };

    [Fact]
    public async Task ListAsync_Nothing_IsAnEmptyPageWithoutCursor()
    {
        var store = await CreateStoreAsync();

        var page = await store.ListAsync(CostQuery.All, Stop);

        Assert.Empty(page.Records);
        Assert.Null(page.NextCursor);
    }

    [Theory]
    [InlineData(PageOrder.OldestFirst, new[] { 1, 3, 4, 2, 5 })]
    [InlineData(PageOrder.NewestFirst, new[] { 5, 2, 4, 3, 1 })]
    public async Task ListAsync_RecordedInAnyOrder_IsSortedByTimeThenId(PageOrder order, int[] expected)
    {
        var sameTime = CostSamples.Call(4).Time;
        var store = await CreateStoreAsync(
            CostSamples.Call(5),
            CostSamples.Call(4),
            CostSamples.Call(2) with { Time = sameTime, Id = CostSamples.IdOf(4 + 1_000) },
            CostSamples.Call(3) with { Time = sameTime.ToOffset(TimeSpan.FromHours(5)) },
            CostSamples.Call(1));

        var numbers = await NumbersAsync(store, new() { Order = order, PageSize = 1 });

        Assert.Equal(expected, numbers.Select(static number => number == 1_004 ? 2 : number));
    }

    [Fact]
    public async Task ListAsync_IdsThatDifferInTheirBytes_AreSortedAsTheyAreWritten()
    {
        string[] ids =
        [
            "00000000-0000-0000-0000-0000000000ff", "00000000-0000-0000-ff00-000000000000", "00000000-0000-ff00-0000-000000000000",
            "00000000-ff00-0000-0000-000000000000", "000000ff-0000-0000-0000-000000000000", "7f000000-0000-0000-0000-000000000000",
            "80000000-0000-0000-0000-000000000000", "ff000000-0000-0000-0000-000000000000",
        ];
        var store = await CreateStoreAsync(ids.Reverse().Select(static (id, number) =>
            CostSamples.Call(number) with { Id = Guid.Parse(id), Time = CostSamples.Start }));

        var listed = await ReadAsync(store, new() { PageSize = 3 });

        Assert.Equal(ids, listed.Select(static record => record.Id.ToString()));
    }

    [Theory]
    [InlineData(5, new[] { 2, 2, 1 })]
    [InlineData(4, new[] { 2, 2 })]
    [InlineData(1, new[] { 1 })]
    public async Task ListAsync_PagesOfTwo_EndWithTheLastRecord(int count, int[] sizes)
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, count).Select(static number => CostSamples.Call(number)));

        var pages = await PagesAsync(store, Twos);

        Assert.Equal(sizes, pages.Select(static page => page.Records.Count));
        Assert.Equal(Enumerable.Range(0, count), Numbers(pages.SelectMany(static page => page.Records)));
    }

    [Fact]
    public async Task ListAsync_SameTime_PagesWithoutLossOrRepeat()
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, 9).Reverse()
            .Select(static number => CostSamples.Call(number) with { Time = CostSamples.Start }));

        Assert.Equal(Enumerable.Range(0, 9), await NumbersAsync(store, Twos));
        Assert.Equal(Enumerable.Range(0, 9).Reverse(), await NumbersAsync(store, Twos with { Order = PageOrder.NewestFirst }));
    }

    [Fact]
    public async Task ListAsync_OtherPageSizeOnTheWay_GoesOnWhereItWas()
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, 9).Select(static number => CostSamples.Call(number)));
        var first = await store.ListAsync(Twos, Stop);

        var rest = await store.ListAsync(new() { PageSize = 50, Cursor = first.NextCursor }, Stop);

        Assert.Equal([2, 3, 4, 5, 6, 7, 8], Numbers(rest.Records));
    }

    [Fact]
    public async Task ListAsync_DefaultPageSize_IsOneHundred()
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, 101).Select(static number => CostSamples.Call(number)));

        Assert.Equal(100, (await store.ListAsync(CostQuery.All, Stop)).Records.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("cursor")]
    [InlineData("2026-01-31T12:00:00Z|1")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ListAsync_WhatNeverWasACursor_IsRefused(string cursor)
    {
        var store = await CreateStoreAsync(CostSamples.Call(1));

        var refused = await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListAsync(new() { Cursor = cursor }, Stop));

        Assert.Contains("no cursor to start with the first page", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAsync_CursorWithACharacterChangedMissingOrAdded_IsRefused()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1), CostSamples.Call(2), CostSamples.Call(3));
        var cursor = (await store.ListAsync(Twos, Stop)).NextCursor!;

        foreach (var place in Enumerable.Range(0, cursor.Length))
        {
            var other = cursor[place] == 'A' ? 'B' : 'A';
            await AssertRefusedAsync(store, Twos with { Cursor = cursor[..place] + other + cursor[(place + 1)..] });
            await AssertRefusedAsync(store, Twos with { Cursor = cursor.Remove(place, 1) });
            await AssertRefusedAsync(store, Twos with { Cursor = cursor.Insert(place, "A") });
        }
    }

    [Fact]
    public async Task ListAsync_CursorOfAnotherQuery_IsRefused()
    {
        var store = await CreateStoreAsync(FullCall(1), FullCall(2), FullCall(3));
        var query = FullQuery with { PageSize = 1 };
        var cursor = (await store.ListAsync(query, Stop)).NextCursor;
        CostQuery[] others =
        [
            query with { Order = PageOrder.NewestFirst },
            query with { ConversationId = null },
            query with { UserId = "session" },
            query with { SessionId = "user" },
            query with { Provider = "" },
            query with { Model = "model " },
            query with { TraceId = "t" },
            query with { TraceIds = ["trace"] },
            query with { Tag = "other tag" },
            query with { After = query.After!.Value.AddTicks(1) },
            query with { Before = null },
            CostQuery.All,
        ];

        foreach (var other in others)
        {
            await AssertRefusedAsync(store, other with { Cursor = cursor });
        }

        var next = await store.ListAsync(query with { Cursor = cursor }, Stop);
        Assert.Equal([2], Numbers(next.Records));
    }

    [Theory]
    [InlineData(PageOrder.OldestFirst)]
    [InlineData(PageOrder.NewestFirst)]
    public async Task ListAsync_RecordsThatArriveBetweenPages_NeitherHideNorRepeatOlderOnes(PageOrder order)
    {
        var before = Enumerable.Range(10, 10).ToArray();
        var store = await CreateStoreAsync(before.Select(static number => CostSamples.Call(number)));
        var query = Twos with { Order = order };
        List<CostRecord> seen = [];
        CostPage page;
        do
        {
            page = await store.ListAsync(query, Stop);
            seen.AddRange(page.Records);
            query = query with { Cursor = page.NextCursor };

            // One that lands before everything, one in the middle, one behind.
            var number = 100 + seen.Count;
            await store.RecordAsync(CostSamples.Call(number) with { Time = CostSamples.Start }, Stop);
            await store.RecordAsync(CostSamples.Call(number + 100) with { Time = page.Records[^1].Time }, Stop);
            if (seen.Count < 10)
            {
                await store.RecordAsync(CostSamples.Call(number + 200), Stop);
            }
        }
        while (page.NextCursor is not null && seen.Count < MostRecords);

        Assert.Equal(before, Numbers(seen).Where(static number => number < 100).Order());
        Assert.Equal(seen.Count, seen.DistinctBy(static record => record.Id).Count());
    }

    [Fact]
    public async Task ReadAsync_WhileOthersRecord_ReturnsAllThatWasThereOnce()
    {
        var before = Enumerable.Range(0, 100).ToArray();
        var store = await CreateStoreAsync(before.Select(static number => CostSamples.Call(number * 10)));
        var firstPageIsRead = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            await firstPageIsRead.Task.WaitAsync(Stop);
            for (var i = 0; i < 50; i++)
            {
                await store.RecordAsync(CostSamples.Call((((i * 4) + writer) * 7) + 10_001), Stop);
                await store.RecordAsync(CostSamples.Call((((i * 4) + writer) * 10) + 3), Stop);
            }
        }, Stop)).ToList();

        List<CostRecord> seen = [];
        await foreach (var record in store.ReadAsync(new() { PageSize = 3 }, Stop).Take(MostRecords))
        {
            seen.Add(record);
            firstPageIsRead.TrySetResult();
        }

        await Task.WhenAll(writers);
        Assert.Equal(seen.Select(static record => record.Id), seen.OrderBy(static r => r.Time).ThenBy(static r => r.Id).Select(static r => r.Id));
        Assert.Equal(seen.Count, seen.DistinctBy(static record => record.Id).Count());
        Assert.Equal(before.Select(static number => CostSamples.IdOf(number * 10)).Except(seen.Select(static record => record.Id)), []);
    }

    [Fact]
    public async Task ReadAsync_FromACursor_ReadsTheRest()
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, 7).Select(static number => CostSamples.Call(number)));
        var first = await store.ListAsync(Twos, Stop);

        var rest = await NumbersAsync(store, Twos with { Cursor = first.NextCursor });

        Assert.Equal([2, 3, 4, 5, 6], rest);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Stops()
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, 7).Select(static number => CostSamples.Call(number)));
        using var cancellation = new CancellationTokenSource();
        var seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in store.ReadAsync(Twos, cancellation.Token))
            {
                seen++;
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal(2, seen);
    }

    private static async Task<List<CostPage>> PagesAsync(ICostStore store, CostQuery query)
    {
        List<CostPage> pages = [await store.ListAsync(query, Stop)];
        while (pages[^1].NextCursor is { } cursor && pages.Count < MostRecords)
        {
            pages.Add(await store.ListAsync(query with { Cursor = cursor }, Stop));
        }

        return pages;
    }

    private static async Task AssertRefusedAsync(ICostStore store, CostQuery query) =>
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListAsync(query, Stop));
}
