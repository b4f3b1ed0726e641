using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    [Theory]
    [InlineData(PageOrder.OldestFirst, new[] { 0, 1 }, new[] { 2, 3 }, new[] { 4 })]
    [InlineData(PageOrder.NewestFirst, new[] { 4, 3 }, new[] { 2, 1 }, new[] { 0 })]
    public async Task ListAsync_FiveByTwo_GivesThreePages(PageOrder order, int[] first, int[] second, int[] third)
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 5));

        Assert.Equal([first, second, third], await PagesAsync(log, new EventQuery { Order = order, PageSize = 2 }));
    }

    [Theory]
    [InlineData(PageOrder.OldestFirst)]
    [InlineData(PageOrder.NewestFirst)]
    public async Task ListAsync_LastPageFull_IsTheLast(PageOrder order)
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 4));

        Assert.Equal(2, (await PagesAsync(log, new EventQuery { Order = order, PageSize = 2 })).Count);
    }

    [Fact]
    public async Task ListAsync_EmptyLog_GivesOneEmptyPage()
    {
        var page = await (await CreateLogAsync()).ListAsync(EventQuery.All, Stop);

        Assert.Empty(page.Events);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task ListAsync_AppendedMeanwhileOldestFirst_ComesToIt()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));
        var query = new EventQuery { PageSize = 2 };
        var page = await log.ListAsync(query, Stop);

        await log.AppendAsync([EventSamples.Event(3) with { Time = EventSamples.Start.AddYears(-1) }], Stop);

        Assert.Equal([2, 3], await NumbersAsync(log, query with { Cursor = page.NextCursor }));
    }

    [Fact]
    public async Task ListAsync_AppendedMeanwhileNewestFirst_IsNotDisturbed()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));
        var query = new EventQuery { PageSize = 2, Order = PageOrder.NewestFirst };
        var page = await log.ListAsync(query, Stop);

        await log.AppendAsync([EventSamples.Event(3)], Stop);

        Assert.Equal([0], await NumbersAsync(log, query with { Cursor = page.NextCursor }));
    }

    [Fact]
    public async Task ListAsync_FilteredPages_ReadOneAheadWithinTheFilter()
    {
        var log = await CreateLogAsync([.. EventSamples.Events(0, 9).Select(static (sample, number) => sample with { Type = number % 3 == 0 ? "third" : "other" })]);

        Assert.Equal([[0, 3], [6]], await PagesAsync(log, new EventQuery { Type = "third", PageSize = 2 }));
    }

    [Fact]
    public async Task ListAsync_OtherPageSize_GoesOn()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 5));
        var page = await log.ListAsync(new EventQuery { PageSize = 1 }, Stop);

        Assert.Equal([1, 2, 3, 4], await NumbersAsync(log, new EventQuery { PageSize = 4, Cursor = page.NextCursor }));
    }

    [Fact]
    public async Task ListAsync_LargestPage_HasAThousand()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 1_001));

        var page = await log.ListAsync(new EventQuery { PageSize = EventQuery.MaxPageSize }, Stop);

        Assert.Equal(Enumerable.Range(0, 1_000), Numbers(page.Events));
        Assert.NotNull(page.NextCursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none")]
    [InlineData("' OR 1=1 --")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ListAsync_CursorThatIsNone_Throws(string cursor)
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        await Assert.ThrowsAsync<InvalidCursorException>(async () => await log.ListAsync(new EventQuery { Cursor = cursor }, Stop));
    }

    [Fact]
    public async Task ListAsync_CursorOfAnotherQuery_Throws()
    {
        var log = await CreateLogAsync([.. Enumerable.Range(0, 3).Select(EventSamples.Full)]);
        var query = FullQuery with { PageSize = 1 };
        var cursor = (await log.ListAsync(query, Stop)).NextCursor;

        EventQuery[] others =
        [
            query with { ConversationId = null }, query with { UserId = "other" }, query with { SessionId = null },
            query with { Type = null }, query with { TraceId = null }, query with { After = null },
            query with { Before = EventSamples.Start.AddHours(2) }, query with { Order = PageOrder.NewestFirst },
        ];

        Assert.All(others, other => Assert.ThrowsAsync<InvalidCursorException>(
            async () => await log.ListAsync(other with { Cursor = cursor }, Stop)).GetAwaiter().GetResult());
        Assert.Equal([1, 2], await NumbersAsync(log, query with { Cursor = cursor }));
    }

    [Fact]
    public async Task ListAsync_Cancelled_Throws()
    {
        var log = await CreateLogAsync(EventSamples.Event(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await log.ListAsync(EventQuery.All, new CancellationToken(canceled: true)));
    }

    private static async Task<List<IEnumerable<int>>> PagesAsync(IEventLog log, EventQuery query)
    {
        var pages = new List<IEnumerable<int>>();
        EventPage page;
        do
        {
            page = await log.ListAsync(query, Stop);
            pages.Add(Numbers(page.Events));
            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null);

        return pages;
    }
}
