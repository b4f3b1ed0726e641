using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>What a stream takes from the time at which it is made, and what it leaves when it is dropped.</summary>
public sealed class StreamScopeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_MadeInAScopeAndReadOutside_HasNothingOfIt()
    {
        using var root = new ObservedRoot();
        IAsyncEnumerable<ChatResponseUpdate> stream;
        using (AgentContext.Begin(conversationId: "c-1", userId: "u-1"))
        {
            stream = Stream(root.Root);
        }

        await stream.ToChatResponseAsync(Token);

        Assert.Equal((null, null), (root.Spans.Only().GetTagItem("gen_ai.conversation.id"), root.Spans.Only().GetTagItem("user.id")));
    }

    [Fact]
    public async Task Stream_MadeOutsideAndReadInAScope_HasAllOfIt()
    {
        using var root = new ObservedRoot();
        var stream = Stream(root.Root);

        using (AgentContext.Begin(conversationId: "c-1", userId: "u-1"))
        {
            await stream.ToChatResponseAsync(Token);
        }

        Assert.Equal(("c-1", "u-1"), (root.Spans.Only().GetTagItem("gen_ai.conversation.id"), root.Spans.Only().GetTagItem("user.id")));
    }

    [Fact]
    public async Task Stream_ScopeChangesBetweenReads_KeepsThatOfTheFirstRead()
    {
        using var root = new ObservedRoot();
        await using var reader = Stream(root.Root).GetAsyncEnumerator(Token);
        using (AgentContext.Begin(conversationId: "first"))
        {
            await reader.MoveNextAsync();
        }

        using (AgentContext.Begin(conversationId: "second"))
        {
            while (await reader.MoveNextAsync())
            {
                // Only a stream that is read to its end has ended.
            }
        }

        Assert.Equal("first", root.Spans.Only().GetTagItem("gen_ai.conversation.id"));
    }

    [Fact]
    public async Task Stream_DroppedUndisposed_LeavesTheEventOfItsStartAndNothingElse()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        Assert.True(await Stream(root.Root).GetAsyncEnumerator(Token).MoveNextAsync());

        await root.Events.FlushAsync(Token);
        Assert.Equal([AgentEventTypes.MessageSent], sink.Accepted.Select(static item => item.Type));
        Assert.Empty(root.Spans.Spans);
        Assert.All(root.Metrics.Measurements, static measured => Assert.Equal("aiobs.events.written", measured.Name));
    }

    [Fact]
    public async Task Stream_NeverRead_LeavesNothing()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        _ = Stream(root.Root);

        await root.Events.FlushAsync(Token);
        Assert.Empty(sink.Accepted);
        Assert.Empty(root.Spans.Spans);
        Assert.Empty(root.Metrics.Measurements);
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Stream(AgentObservability root) =>
        StubChatClient.Streaming(new(ChatRole.Assistant, "Hel"), new(ChatRole.Assistant, "lo.")).UseAgentObservability(root)
            .GetStreamingResponseAsync("Hi", cancellationToken: Token);
}
