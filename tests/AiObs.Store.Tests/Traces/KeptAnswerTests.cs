using AiObs.Events;
using AiObs.Operations;
using AiObs.StoreContracts;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Tests.Traces;

/// <summary>Feedback on answers that only the trace store knows.</summary>
public sealed class KeptAnswerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feedback_AnswerOfAnotherProcess_StandsUnderItsSpan()
    {
        await using var traced = new TracedRoot();
        var sink = new InMemoryEventSink();
        await using var attached = traced.Root.Events.AddSink(sink);
        await traced.Store.AppendAsync(
            [Answer(1, "r1") with { ConversationId = "c1", SessionId = "s1" }, Answer(2, "r2"), SpanSamples.Call(3) with { Attributes = "[]" }], Stop);

        await traced.Root.Feedback.RecordAsync("r1", "helpful", 1, cancellationToken: Stop);
        await traced.Root.Events.FlushAsync(Stop);

        var told = Assert.Single(sink.Events);
        Assert.Equal((SpanSamples.TraceId(1), SpanSamples.SpanId(1)), (told.TraceId, told.SpanId));
        Assert.Equal(("c1", "s1", "r1"), (told.ConversationId, told.SessionId, told.Data["response_id"]));
    }

    [Fact]
    public async Task Feedback_AnswerBehindAPageOfLaterOnes_IsFound()
    {
        var store = new StubTraceStore
        {
            OnListSpans = static query => ValueTask.FromResult(
                query.Cursor is null ? new SpanPage([Answer(2, "new")], "more") : new SpanPage([SpanSamples.Call(3), Answer(1, query.Cursor == "more" ? "old" : "other")], null)),
        };
        await using var traced = new TracedRoot(store);

        await traced.Root.Feedback.RecordAsync("old", "helpful", 1, cancellationToken: Stop);

        Assert.Equal([null, "more"], store.Listings.Select(static query => query.Cursor));
        Assert.All(store.Listings, static query => Assert.Equal(
            (OperationKind.Chat, PageOrder.NewestFirst, SpanQuery.MaxPageSize, SpanDetail.Attributes), (query.Kind, query.Order, query.PageSize, query.Detail)));
    }

    [Fact]
    public async Task Feedback_AnswerOfThisProcess_AsksNoStore()
    {
        var store = new StubTraceStore();
        await using var traced = new TracedRoot(store);
        await traced.AskAsync(StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hi")) { ResponseId = "r1" }));

        await traced.Root.Feedback.RecordAsync("r1", "helpful", 1, cancellationToken: Stop);

        Assert.Empty(store.Listings);
    }

    [Fact]
    public async Task Feedback_UnknownAnswer_SaysThatTheStoreWasLookedThroughToo()
    {
        await using var traced = new TracedRoot();
        await traced.Store.AppendAsync([Answer(1, "nope2"), SpanSamples.Call(2)], Stop);

        var exception = await Assert.ThrowsAsync<KeyNotFoundException>(async () => await traced.Root.Feedback.RecordAsync("nope", "helpful", 1, cancellationToken: Stop));

        Assert.Equal(
            "No answer has the id 'nope' among the last 4,096 that clients of this root gave in this process, nor among the last 10,000 model calls in its trace store. Name the span of the answer instead.",
            exception.Message);
    }

    [Fact]
    public async Task Feedback_StoreWithoutEnd_IsLookedThroughToTheLimit()
    {
        var page = new SpanPage([.. Enumerable.Range(1, SpanQuery.MaxPageSize).Select(static trace => Answer(trace, "other"))], "more");
        var store = new StubTraceStore { OnListSpans = _ => ValueTask.FromResult(page) };
        await using var traced = new TracedRoot(store);

        await Assert.ThrowsAsync<KeyNotFoundException>(async () => await traced.Root.Feedback.RecordAsync("nope", "helpful", 1, cancellationToken: Stop));

        Assert.Equal(10, store.Listings.Count);
    }

    [Fact]
    public async Task Feedback_StoreFails_SaysSoAndRecordsNothing()
    {
        var store = new StubTraceStore { OnListSpans = static _ => throw new InvalidOperationException("Down.") };
        await using var traced = new TracedRoot(store);
        var sink = new InMemoryEventSink();
        await using var attached = traced.Root.Events.AddSink(sink);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await traced.Root.Feedback.RecordAsync("r1", "helpful", 1, cancellationToken: Stop));

        await traced.Root.Events.FlushAsync(Stop);
        Assert.Empty(sink.Events);
    }

    private static SpanRecord Answer(int trace, string id) => SpanSamples.Call(trace) with { Attributes = $$"""{"gen_ai.response.id":"{{id}}"}""" };
}
