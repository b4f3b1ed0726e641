using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.StoreContracts;

public abstract partial class CostStoreContract
{
    [Fact]
    public async Task SumAsync_Nothing_IsZero()
    {
        var store = await CreateStoreAsync();

        Assert.Equal(CostSum.Zero, await store.SumAsync(CostQuery.All, Stop));
        Assert.Equal(0, await store.CountAsync(CostQuery.All, Stop));
        Assert.Empty(await store.SumByAsync(CostQuery.All, CostGrouping.User, Stop));
    }

    [Fact]
    public async Task SumAsync_AmountsThatNoBinaryFractionHolds_AreExact()
    {
        var store = await CreateStoreAsync(
            CostSamples.Call(1, 0.1m),
            CostSamples.Call(2, 0.2m),
            CostSamples.Call(3, 0.0000000000000000000000000001m),
            CostSamples.Call(4, 0m));

        Assert.Equal(0.3000000000000000000000000001m, (await store.SumAsync(CostQuery.All, Stop)).Total);
    }

    [Fact]
    public async Task SumAsync_CallsOfWhichSomethingIsUnknown_CountsThemApart()
    {
        var store = await CreateStoreAsync(
            CostSamples.Call(1, 0.5m),
            CostSamples.Call(2, total: null),
            CostSamples.Call(3, 0.25m) with { Receipt = CostSamples.Receipt(0.25m, CostCompleteness.Estimated) },
            CostSamples.Call(4, 0.125m) with { Receipt = CostSamples.Receipt(0.125m, CostCompleteness.Partial) },
            CostSamples.Call(5, total: null) with
            {
                Receipt = new() { Usage = CostSamples.Usage(null, null), Completeness = CostCompleteness.Unpriced },
            },
            CostSamples.Call(6, 0m) with { Receipt = new() { Usage = CostSamples.Usage(7, null), Total = 0 } });

        Assert.Equal(
            new CostSum
            {
                Total = 0.875m,
                RecordCount = 6,
                CallCount = 6,
                UnpricedCount = 2,
                EstimatedCount = 1,
                PartialCount = 1,
                UnmeasuredCount = 1,
                InputTokens = 407,
                OutputTokens = 40,
            },
            await store.SumAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task SumAsync_Corrections_ChangeTheAmountAndNotTheCalls()
    {
        var unpriced = CostSamples.Call(1, total: null);
        var priced = CostSamples.Call(2, 0.5m);
        var correction = CostSamples.Correction(3, unpriced, 0.25m);
        var store = await CreateStoreAsync(
            unpriced, priced, correction, CostSamples.Correction(4, priced, -0.125m), CostSamples.Correction(5, correction, 0.0625m));

        Assert.Equal(
            new CostSum { Total = 0.6875m, RecordCount = 5, CallCount = 2, InputTokens = 200, OutputTokens = 20 },
            await store.SumAsync(CostQuery.All, Stop));
    }

    [Fact]
    public async Task SumAsync_LargeTokenCounts_AreExact()
    {
        var receipt = CostSamples.Receipt(1, CostCompleteness.Exact) with { Usage = CostSamples.Usage(9_007_199_254_740_993, 1) };
        var store = await CreateStoreAsync(CostSamples.Call(1) with { Receipt = receipt }, CostSamples.Call(2) with { Receipt = receipt });

        Assert.Equal(18_014_398_509_481_986, (await store.SumAsync(CostQuery.All, Stop)).InputTokens);
    }

    [Fact]
    public async Task SumAndCount_WithOrderPageSizeAndCursor_IgnoreThem()
    {
        var store = await CreateStoreAsync(Enumerable.Range(0, 5).Select(static number => CostSamples.Call(number)));
        CostQuery query = new() { PageSize = 1, Order = PageOrder.NewestFirst, Cursor = "none" };

        Assert.Equal(5, await store.CountAsync(query, Stop));
        Assert.Equal(1.25m, (await store.SumAsync(query, Stop)).Total);
        Assert.Equal(5, Assert.Single(await store.SumByAsync(query, CostGrouping.User, Stop)).Sum.CallCount);
    }

    [Theory]
    [InlineData(CostGrouping.User, "ada 0.75, - 0.5, bob 0.25")]
    [InlineData(CostGrouping.Conversation, "c2 0.75, c1 0.5, - 0.25")]
    [InlineData(CostGrouping.Session, "- 0.75, s1 0.75")]
    [InlineData(CostGrouping.Provider, "openai 1.5, - 0")]
    [InlineData(CostGrouping.Model, "small 1, large 0.5")]
    [InlineData(CostGrouping.Tag, "blue 0.75, red 0.75, - 0.5")]
    [InlineData(CostGrouping.Agent, "planner \"a\" 0.75, - 0.5, writer 0.25")]
    [InlineData(CostGrouping.Trace, "t1 1, - 0.5")]
    [InlineData(CostGrouping.Day, "2026-01-31 1, 2026-02-01 0.5")]
    public async Task SumByAsync_Grouping_AddsUpByThatValue(CostGrouping grouping, string expected)
    {
        var store = await CreateStoreAsync(GroupedCalls());

        var groups = await store.SumByAsync(CostQuery.All, grouping, Stop);

        Assert.Equal(expected, string.Join(", ", groups.Select(static group => FormattableString.Invariant($"{group.Key ?? "-"} {group.Sum.Total:0.####}"))));
        Assert.DoesNotContain(groups, static group => group.IsOther);
    }

    [Fact]
    public async Task SumByAsync_Group_HasAllParts()
    {
        var store = await CreateStoreAsync(GroupedCalls());

        var groups = await store.SumByAsync(new() { UserId = "ada" }, CostGrouping.Model, Stop);

        Assert.Equal(
            [
                new("large", new() { Total = 0.5m, RecordCount = 1, CallCount = 1, InputTokens = 100, OutputTokens = 10 }),
                new("small", new() { Total = 0.25m, RecordCount = 2, CallCount = 2, UnpricedCount = 1, InputTokens = 200, OutputTokens = 20 }),
            ],
            groups);
    }

    private static CostRecord[] GroupedCalls() =>
    [
        CostSamples.Call(1, 0.5m) with
        {
            UserId = "ada", ConversationId = "c1", SessionId = "s1", Provider = "openai", RequestModel = "small", ResponseModel = "large",
            AgentName = "planner \"a\"", TraceId = "t1", Tags = ["red", "blue"],
        },
        CostSamples.Call(2, 0.25m) with
        {
            UserId = "ada", ConversationId = "c2", SessionId = "s1", Provider = "openai", RequestModel = "small", Tags = ["red", "red"],
            AgentName = "planner \"a\"", TraceId = "t1",
        },
        CostSamples.Call(3, 0.25m) with { UserId = "bob", Provider = "openai", RequestModel = "small", Tags = ["blue"], AgentName = "writer", TraceId = "t1" },
        CostSamples.Call(4, 0.5m) with
        {
            ConversationId = "c2", Provider = "openai", RequestModel = "small",
            Time = new DateTimeOffset(2026, 1, 31, 23, 30, 0, TimeSpan.FromHours(-1)),
        },
        CostSamples.Call(5, total: null) with { UserId = "ada", RequestModel = "small", SessionId = "s1", ConversationId = "c2" },
    ];
}
