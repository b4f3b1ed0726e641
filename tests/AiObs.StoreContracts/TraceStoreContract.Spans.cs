using AiObs.Operations;
using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class TraceStoreContract
{
    [Theory]
    [InlineData(PageOrder.OldestFirst)]
    [InlineData(PageOrder.NewestFirst)]
    public async Task ListSpansAsync_RandomSpans_AnswersAsAPlainListDoes(PageOrder order)
    {
        var arrived = SpanSamples.Random(seed: 5, traces: 30);
        var store = await CreateStoreAsync(arrived);
        SpanQuery[] queries =
        [
            SpanQuery.All,
            new() { TraceId = SpanSamples.TraceId(3) },
            new() { TraceId = SpanSamples.TraceId(3), SpanId = SpanSamples.SpanId(2) },
            new() { ConversationId = "c-1" },
            new() { ConversationId = "c-1", Kind = OperationKind.Chat },
            new() { Kind = OperationKind.Tool },
            new() { TraceId = "no trace" },
        ];

        foreach (var query in queries)
        {
            var expected = new TraceModel(arrived).Spans.Where(span => Matches(query, span))
                .Select(static span => Text(span with { HadContent = span.Content is not null }));
            var listed = await ReadSpansAsync(store, query with { PageSize = 4, Order = order, Detail = SpanDetail.Content });
            Assert.Equal(order == PageOrder.OldestFirst ? expected : expected.Reverse(), listed.Select(Text));
        }
    }

    [Fact]
    public async Task ListSpansAsync_Detail_SaysHowMuchOfThemComes()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1));
        var all = SpanSamples.FullCall(1) with { HadContent = true };

        Assert.Equal(Text(all), Text(await SingleAsync(SpanDetail.Content)));
        Assert.Equal(Text(all with { Content = null }), Text(await SingleAsync(SpanDetail.Attributes)));
        Assert.Equal(Text(all with { Content = null, Attributes = "{}", Events = null }), Text(await SingleAsync(SpanDetail.Outline)));

        async Task<SpanRecord> SingleAsync(SpanDetail detail) => Assert.Single((await store.ListSpansAsync(new() { Detail = detail }, Stop)).Spans);
    }

    [Fact]
    public async Task ListSpansAsync_CursorOfAnotherQuery_IsRefused()
    {
        var store = await CreateStoreAsync(SpanSamples.FullCall(1), SpanSamples.FullCall(1) with { SpanId = SpanSamples.SpanId(2) });
        var query = new SpanQuery { TraceId = SpanSamples.TraceId(1), ConversationId = "conversation", Kind = OperationKind.Chat, PageSize = 1 };
        var cursor = (await store.ListSpansAsync(query, Stop)).NextCursor;
        SpanQuery[] others =
        [
            query with { TraceId = null },
            query with { SpanId = SpanSamples.SpanId(2) },
            query with { ConversationId = null },
            query with { Kind = null },
            query with { Order = PageOrder.NewestFirst },
        ];

        foreach (var other in others)
        {
            await Assert.ThrowsAsync<InvalidCursorException>(async () => await store.ListSpansAsync(other with { Cursor = cursor }, Stop));
        }

        var rest = await store.ListSpansAsync(query with { Cursor = cursor, PageSize = 9, Detail = SpanDetail.Outline }, Stop);
        Assert.Equal([SpanSamples.SpanId(2)], rest.Spans.Select(static span => span.SpanId));
    }

    [Fact]
    public async Task ListSpansAsync_DefaultPageSize_IsOneHundred()
    {
        var store = await CreateStoreAsync([.. Enumerable.Range(1, 101).Select(static number => SpanSamples.Call(1, number))]);

        Assert.Equal(100, (await store.ListSpansAsync(SpanQuery.All, Stop)).Spans.Count);
    }

    [Theory]
    [InlineData(TraceFacet.Model)]
    [InlineData(TraceFacet.Provider)]
    [InlineData(TraceFacet.Agent)]
    [InlineData(TraceFacet.Tool)]
    [InlineData(TraceFacet.Tag)]
    [InlineData(TraceFacet.ErrorType)]
    [InlineData(TraceFacet.Source)]
    [InlineData(TraceFacet.Conversation)]
    [InlineData(TraceFacet.User)]
    [InlineData(TraceFacet.Session)]
    public async Task CountFacetAsync_RandomSpans_AnswersAsAPlainListDoes(TraceFacet facet)
    {
        var spans = SpanSamples.Random(seed: 6, traces: 30);
        var (store, model) = (await CreateStoreAsync(spans), new TraceModel(spans));

        foreach (var query in ManyQueries(seed: 6))
        {
            Assert.Equal(model.CountFacet(query, facet), await store.CountFacetAsync(query, facet, cancellationToken: Stop));
        }
    }

    [Fact]
    public async Task CountFacetAsync_Top_LeavesOutTheRest()
    {
        var spans = SpanSamples.Random(seed: 7, traces: 30);
        var (store, model) = (await CreateStoreAsync(spans), new TraceModel(spans));

        var counts = await store.CountFacetAsync(TraceQuery.All, TraceFacet.Conversation, top: 3, Stop);

        Assert.Equal(model.CountFacet(TraceQuery.All, TraceFacet.Conversation).Take(3), counts);
        foreach (var top in new[] { 0, 1_001 })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await store.CountFacetAsync(TraceQuery.All, TraceFacet.Model, top, Stop));
        }
    }

    [Fact]
    public async Task ListTracedConversationsAsync_RandomSpans_AnswersAsAPlainListDoes()
    {
        var spans = SpanSamples.Random(seed: 8, traces: 40);
        var (store, model) = (await CreateStoreAsync(spans), new TraceModel(spans));

        foreach (var query in ManyQueries(seed: 8))
        {
            List<TracedConversation> listed = [];
            var asked = query with { PageSize = 2, Order = TraceOrder.Slowest };
            for (var pages = 0; pages < MostPages; pages++)
            {
                var page = await store.ListTracedConversationsAsync(asked, Stop);
                Assert.InRange(page.Conversations.Count, page.NextCursor is null ? 0 : 2, 2);
                listed.AddRange(page.Conversations);
                asked = asked with { Cursor = page.NextCursor };
                if (page.NextCursor is null)
                {
                    break;
                }
            }

            Assert.Equal(model.ListConversations(query), listed);
        }
    }

    private static bool Matches(SpanQuery query, SpanRecord span) =>
        (query.TraceId is null || span.TraceId == query.TraceId)
        && (query.SpanId is null || span.SpanId == query.SpanId)
        && (query.ConversationId is null || span.ConversationId == query.ConversationId)
        && (query.Kind is null || span.Kind == query.Kind);
}
