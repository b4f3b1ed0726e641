using AiObs.Cost;

namespace AiObs.StoreContracts;

public abstract partial class CostStoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task SumSeriesAsync_RecordsWithGaps_HasEachIntervalAlignedToUtc()
    {
        var first = CostSamples.Call(1, 0.5m);
        var store = await CreateStoreAsync(
            first,
            CostSamples.Call(2, 0.25m) with { Time = new DateTimeOffset(2026, 1, 31, 14, 30, 0, TimeSpan.FromHours(-0.5)) },
            CostSamples.Call(3, total: null) with { Time = CostSamples.Start.AddHours(3) },
            CostSamples.Correction(4, first, -0.125m));

        var series = await store.SumSeriesAsync(CostQuery.All, Hour, cancellationToken: Stop);

        CostSum one = new() { RecordCount = 1, CallCount = 1, InputTokens = 100, OutputTokens = 10 };
        Assert.Equal(
            [
                new(CostSamples.Start, one with { Total = 0.375m, RecordCount = 2 }, []),
                new(CostSamples.Start.AddHours(1), CostSum.Zero, []),
                new(CostSamples.Start.AddHours(2), CostSum.Zero, []),
                new(CostSamples.Start.AddHours(3), one with { Total = 0.25m, RecordCount = 2, CallCount = 2, UnpricedCount = 1, InputTokens = 200, OutputTokens = 20 }, []),
            ],
            series);
        Assert.All(series, static interval => Assert.Equal(TimeSpan.Zero, interval.Start.Offset));
    }

    [Fact]
    public async Task SumSeriesAsync_TimesOfTheQuery_AreItsEnds()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1, 0.5m), CostSamples.Call(2, 0.25m) with { Time = CostSamples.Start.AddDays(1) });
        CostQuery query = new() { After = CostSamples.Start.AddHours(-1.5), Before = CostSamples.Start.AddHours(1), PageSize = 1, Cursor = "none" };

        var series = await store.SumSeriesAsync(query, Hour, cancellationToken: Stop);

        Assert.Equal(
            [(-2, 0), (-1, 0), (0, 0.5m), (1, 0)],
            series.Select(static interval => ((int)(interval.Start - CostSamples.Start).TotalHours, interval.Sum.Total)));
    }

    [Fact]
    public async Task SumSeriesAsync_NoRecords_HasIntervalsOnlyBetweenTwoTimes()
    {
        var store = await CreateStoreAsync();

        Assert.Empty(await store.SumSeriesAsync(CostQuery.All, Hour, CostGrouping.Model, cancellationToken: Stop));
        Assert.Empty(await store.SumSeriesAsync(new() { After = CostSamples.Start }, Hour, cancellationToken: Stop));
        Assert.Equal(
            [new(CostSamples.Start, CostSum.Zero, []), new(CostSamples.Start.AddHours(1), CostSum.Zero, [])],
            await store.SumSeriesAsync(new() { After = CostSamples.Start, Before = CostSamples.Start.AddHours(1) }, Hour, cancellationToken: Stop));
    }

    [Theory]
    [InlineData(1, "26: ada 0.75, * 0.75")]
    [InlineData(2, "26: ada 0.75, - 0.5, * 0.25")]
    [InlineData(8, "26: ada 0.75, - 0.5, bob 0.25")]
    public async Task SumSeriesAsync_MoreKeysThanAreToldApart_RollsTheRest(int top, string expected)
    {
        var store = await CreateStoreAsync(GroupedCalls());

        var series = await store.SumSeriesAsync(CostQuery.All, TimeSpan.FromDays(7), CostGrouping.User, top, Stop);

        Assert.Equal(expected, Text(series));
    }

    [Theory]
    [InlineData(CostGrouping.User, "31: ada 0.75, * 0.25 | 1: - 0.5")]
    [InlineData(CostGrouping.Conversation, "31: c1 0.5, c2 0.25, * 0.25 | 1: c2 0.5")]
    [InlineData(CostGrouping.Provider, "31: openai 1, - 0 | 1: openai 0.5")]
    [InlineData(CostGrouping.Model, "31: large 0.5, small 0.5 | 1: small 0.5")]
    [InlineData(CostGrouping.Tag, "31: blue 0.75, red 0.75, * 0 | 1: * 0.5")]
    [InlineData(CostGrouping.Agent, "31: planner \"a\" 0.75, - 0, * 0.25 | 1: - 0.5")]
    [InlineData(CostGrouping.Trace, "31: t1 1, - 0 | 1: - 0.5")]
    [InlineData(CostGrouping.Day, "31: 2026-01-31 1 | 1: 2026-02-01 0.5")]
    public async Task SumSeriesAsync_Grouping_DividesEachDay(CostGrouping grouping, string expected)
    {
        var store = await CreateStoreAsync(GroupedCalls());

        Assert.Equal(expected, Text(await store.SumSeriesAsync(CostQuery.All, TimeSpan.FromDays(1), grouping, top: 2, Stop)));
    }

    [Fact]
    public async Task SumSeriesAsync_BadArguments_SayWhatIsWrong()
    {
        var store = await CreateStoreAsync(CostSamples.Call(1), CostSamples.Call(2) with { Time = CostSamples.Start.AddDays(10) });
        CostQuery query = new() { After = CostSamples.Start, Before = CostSamples.Start.AddSeconds(9_999) };

        await Assert.ThrowsAsync<ArgumentNullException>("query", async () => await store.SumSeriesAsync(null!, Hour, cancellationToken: Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("interval", async () => await store.SumSeriesAsync(query, TimeSpan.Zero, cancellationToken: Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("interval", async () => await store.SumSeriesAsync(query, -Hour, cancellationToken: Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("top", async () => await store.SumSeriesAsync(query, Hour, top: 0, cancellationToken: Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("top", async () => await store.SumSeriesAsync(query, Hour, top: 1_001, cancellationToken: Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("grouping", async () => await store.SumSeriesAsync(query, Hour, (CostGrouping)99, cancellationToken: Stop));
        Assert.Equal(10_000, (await store.SumSeriesAsync(query, TimeSpan.FromSeconds(1), cancellationToken: Stop)).Count);
        var tooMany = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            "interval", async () => await store.SumSeriesAsync(query with { Before = CostSamples.Start.AddSeconds(10_000) }, TimeSpan.FromSeconds(1), cancellationToken: Stop));
        Assert.StartsWith("The times have 10001 such intervals; 10000 are the most.", tooMany.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>("interval", async () => await store.SumSeriesAsync(CostQuery.All, TimeSpan.FromSeconds(1), cancellationToken: Stop));
    }

    [Fact]
    public async Task SumSeriesAsync_Native_SaysWhatTheReadingMethodsSay()
    {
        var store = await CreateStoreAsync(GroupedCalls());
        ICostStore reading = new ReadingStore(store);

        foreach (var grouping in Enum.GetValues<CostGrouping>())
        {
            Assert.Equal(
                await reading.SumSeriesAsync(CostQuery.All, Hour, grouping, top: 2, Stop),
                await store.SumSeriesAsync(CostQuery.All, Hour, grouping, top: 2, Stop));
        }
    }

    private static string Text(IEnumerable<CostInterval> series) => string.Join(" | ", series.Select(static interval => FormattableString.Invariant(
        $"{interval.Start.Day}: {string.Join(", ", interval.Groups.Select(static group => FormattableString.Invariant($"{(group.IsOther ? "*" : group.Key ?? "-")} {group.Sum.Total:0.####}")))}")));
}
