using AiObs.Operations;
using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class TraceStoreContract
{
    private static TraceQuery FullQuery => new()
    {
        TraceIds = [SpanSamples.TraceId(1), SpanSamples.TraceId(2), SpanSamples.TraceId(3)],
        ConversationId = "conversation",
        UserId = "user",
        SessionId = "session",
        Provider = "provider",
        Model = "model",
        Agent = "agent",
        Tool = "tool",
        Tag = "tag",
        ErrorType = "error",
        Source = "source",
        Text = "some words",
        Kind = OperationKind.Chat,
        Status = TraceStatus.Error,
        MinDuration = TimeSpan.FromSeconds(1),
        After = SpanSamples.Start,
        Before = SpanSamples.Start.AddHours(1),
    };

    private static IReadOnlyList<TraceQuery> ManyQueries(int seed) =>
    [
        TraceQuery.All,
        new() { TraceIds = [SpanSamples.TraceId(3), SpanSamples.TraceId(seed), SpanSamples.TraceId(4_000)] },
        new() { TraceIds = [] },
        new() { ConversationId = "c-1" },
        new() { UserId = "ann" },
        new() { SessionId = "s-1", UserId = "bob" },
        new() { Provider = "openai", Model = "small" },
        new() { Model = "large" },
        new() { Agent = "weather", Tag = "green" },
        new() { Tool = "search" },
        new() { ErrorType = "timeout" },
        new() { Source = "Mcp" },
        new() { Text = "LOOK UP" },
        new() { Text = "\"n\":2" },
        new() { Text = "ås" },
        new() { Kind = OperationKind.Tool },
        new() { Status = TraceStatus.Error },
        new() { Status = TraceStatus.Incomplete },
        new() { Status = TraceStatus.Ok, MinDuration = TimeSpan.FromSeconds(10) },
        new() { After = SpanSamples.Start.AddMinutes(20), Before = SpanSamples.Start.AddMinutes(50) },
    ];

    [Theory]
    [InlineData(1, TraceOrder.Newest)]
    [InlineData(2, TraceOrder.Slowest)]
    [InlineData(3, TraceOrder.MostTokens)]
    public async Task ListAsync_RandomSpans_AnswersAsAPlainListDoes(int seed, TraceOrder order)
    {
        var spans = SpanSamples.Random(seed, traces: 40);
        var (store, model) = (await CreateStoreAsync(spans), new TraceModel(spans));

        foreach (var query in ManyQueries(seed))
        {
            var asked = query with { Order = order, PageSize = 7 };
            Assert.Equal(model.List(asked), await ReadAsync(store, asked));
        }
    }

    [Fact]
    public async Task ListAsync_WhileSpansArrive_ShowsTracesAsFarAsTheyAre()
    {
        var spans = SpanSamples.Random(seed: 4, traces: 12);
        var store = await CreateStoreAsync();

        for (var arrived = 0; arrived < spans.Count; arrived += 7)
        {
            await store.AppendAsync([.. spans.Skip(arrived).Take(7)], Stop);
            Assert.Equal(new TraceModel(spans.Take(arrived + 7)).List(TraceQuery.All), await ReadAsync(store, TraceQuery.All));
        }
    }

    [Fact]
    public async Task ListAsync_EachFilter_MustHold()
    {
        var store = await CreateStoreAsync(
            SpanSamples.FullCall(1),
            SpanSamples.FullCall(2) with { ConversationId = "x" },
            SpanSamples.FullCall(3));
        TraceQuery[] others =
        [
            FullQuery with { TraceIds = [SpanSamples.TraceId(2)] },
            FullQuery with { ConversationId = "Conversation" },
            FullQuery with { UserId = "use" },
            FullQuery with { SessionId = "%" },
            FullQuery with { Provider = "" },
            FullQuery with { Model = "model " },
            FullQuery with { Agent = "a" },
            FullQuery with { Tool = "agent" },
            FullQuery with { Tag = "other" },
            FullQuery with { ErrorType = "e" },
            FullQuery with { Source = "AiObs" },
            FullQuery with { Text = "secret" },
            FullQuery with { Text = "some_words" },
            FullQuery with { Kind = OperationKind.Agent },
            FullQuery with { Status = TraceStatus.Ok },
            FullQuery with { MinDuration = TimeSpan.FromSeconds(1).Add(TimeSpan.FromTicks(1)) },
            FullQuery with { After = SpanSamples.Start.AddSeconds(3).AddTicks(1) },
            FullQuery with { Before = SpanSamples.Start.AddSeconds(1).AddTicks(-1) },
        ];

        await AssertFoundAsync(store, FullQuery, 1, 3);
        foreach (var other in others)
        {
            await AssertFoundAsync(store, other);
        }
    }

    [Fact]
    public async Task ListAsync_ValuesOnDifferentSpans_FindTheTrace()
    {
        var store = await CreateStoreAsync(
            SpanSamples.Call(1) with { Model = "m" },
            SpanSamples.Call(1, 2) with { ErrorType = "e", UserId = "second" },
            SpanSamples.Call(2) with { Model = "m" });

        await AssertFoundAsync(store, new() { Model = "m", ErrorType = "e", UserId = "second" }, 1);
    }

    [Fact]
    public async Task ListAsync_Nothing_IsAnEmptyPageWithoutCursor()
    {
        var store = await CreateStoreAsync();

        var page = await store.ListAsync(TraceQuery.All, Stop);

        Assert.Empty(page.Traces);
        Assert.Null(page.NextCursor);
    }

    [Theory]
    [InlineData(5, new[] { 2, 2, 1 })]
    [InlineData(4, new[] { 2, 2 })]
    [InlineData(1, new[] { 1 })]
    public async Task ListAsync_PagesOfTwo_EndWithTheLastTrace(int count, int[] sizes)
    {
        var store = await CreateStoreAsync([.. Enumerable.Range(1, count).Select(static number => SpanSamples.Call(number) with { Time = SpanSamples.Start })]);
        List<int> seen = [];
        var query = new TraceQuery { PageSize = 2 };

        for (var page = await store.ListAsync(query, Stop); ; page = await store.ListAsync(query with { Cursor = page.NextCursor }, Stop))
        {
            seen.Add(page.Traces.Count);
            if (page.NextCursor is null)
            {
                break;
            }
        }

        Assert.Equal(sizes, seen);
    }

    [Fact]
    public async Task ListAsync_OtherPageSizeOnTheWay_GoesOnWhereItWas()
    {
        var store = await CreateStoreAsync([.. Enumerable.Range(1, 9).Select(static number => SpanSamples.Call(number))]);
        var first = await store.ListAsync(new() { PageSize = 2 }, Stop);

        await AssertFoundAsync(store, new() { PageSize = 50, Cursor = first.NextCursor }, 1, 2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public async Task ListAsync_DefaultPageSize_IsFifty()
    {
        var store = await CreateStoreAsync([.. Enumerable.Range(1, 51).Select(static number => SpanSamples.Call(number))]);

        Assert.Equal(50, (await store.ListAsync(TraceQuery.All, Stop)).Traces.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cursor")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task ListAsync_WhatNeverWasACursor_IsRefused(string cursor)
    {
        var store = await CreateStoreAsync(SpanSamples.Call(1));

        await AssertRefusedAsync(store, new() { Cursor = cursor });
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListSpansAsync(new() { Cursor = cursor }, Stop));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListTracedConversationsAsync(new() { Cursor = cursor }, Stop));
    }

    [Fact]
    public async Task ListAsync_CursorOfAnotherQuery_IsRefused()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1), SpanSamples.FullCall(2), SpanSamples.FullCall(3));
        var query = FullQuery with { PageSize = 1 };
        var cursor = (await store.ListAsync(query, Stop)).NextCursor;
        TraceQuery[] others =
        [
            query with { Order = TraceOrder.Slowest },
            query with { TraceIds = null },
            query with { ConversationId = null },
            query with { UserId = "session" },
            query with { SessionId = "user" },
            query with { Provider = "" },
            query with { Model = null },
            query with { Agent = "x" },
            query with { Tool = "x" },
            query with { Tag = "other tag" },
            query with { ErrorType = "x" },
            query with { Source = "x" },
            query with { Text = "words" },
            query with { Kind = null },
            query with { Status = null },
            query with { MinDuration = null },
            query with { After = query.After!.Value.AddTicks(1) },
            query with { Before = null },
            TraceQuery.All,
        ];

        foreach (var other in others)
        {
            await AssertRefusedAsync(store, other with { Cursor = cursor });
        }

        await AssertFoundAsync(store, query with { Cursor = cursor }, 1, 2);
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListTracedConversationsAsync(query with { Cursor = cursor }, Stop));
    }

    [Fact]
    public async Task ListAsync_TracesThatArriveBetweenPages_NeitherHideNorRepeatOlderOnes()
    {
        var store = await CreateStoreAsync([.. Enumerable.Range(10, 10).Select(static number => SpanSamples.Call(number))]);
        var query = new TraceQuery { PageSize = 2 };
        List<string> seen = [];
        TracePage page;
        do
        {
            page = await store.ListAsync(query, Stop);
            seen.AddRange(page.Traces.Select(static trace => trace.TraceId));
            query = query with { Cursor = page.NextCursor };
            await store.AppendAsync(
                [SpanSamples.Call(100 + seen.Count), SpanSamples.Call(200 + seen.Count) with { Time = page.Traces[^1].Time }], Stop);
        }
        while (page.NextCursor is not null && seen.Count < MostPages);

        Assert.Equal(Enumerable.Range(10, 10).Select(SpanSamples.TraceId), seen.Where(static id => Convert.ToInt32(id, 16) < 100).Order(StringComparer.Ordinal));
        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task AssertRefusedAsync(ITraceStore store, TraceQuery query) =>
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListAsync(query, Stop));
}
