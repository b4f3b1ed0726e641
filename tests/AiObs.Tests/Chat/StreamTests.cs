using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class StreamTests
{
    private static readonly string[] StreamKeys =
        ["gen_ai.request.stream", "gen_ai.response.time_to_first_chunk", "aiobs.stream.outcome", "aiobs.stream.chunks"];

    private readonly TestClock _clock = new();

    private static ChatResponseUpdate[] Updates =>
    [
        new(ChatRole.Assistant, "Hel") { ResponseId = "r1", MessageId = "m1", ModelId = "stub-model-1" },
        new(ChatRole.Assistant, "lo.") { ResponseId = "r1", MessageId = "m1" },
        new()
        {
            ResponseId = "r1",
            MessageId = "m1",
            FinishReason = ChatFinishReason.Stop,
            Contents = [new UsageContent(new() { InputTokenCount = 7, OutputTokenCount = 3 })],
        },
    ];

    [Fact]
    public async Task Stream_ReadToTheEnd_WritesTheSameAsAPlainCallAndTheStreamKeys()
    {
        var stub = StubChatClient.Answering(Updates.ToChatResponse());
        stub.OnStream = _ => new StubUpdates(Updates);
        using var plain = new ObservedChat(stub, ObservedChat.WithContent);
        using var streamed = new ObservedChat(stub, ObservedChat.WithContent, clock: _clock);

        await plain.AskAsync();
        await streamed.ReadAsync();

        SpanAssert.Attributes(
            new(plain.Span.TagObjects)
            {
                ["gen_ai.request.stream"] = true,
                ["gen_ai.response.time_to_first_chunk"] = 0d,
                ["aiobs.stream.outcome"] = "completed",
                ["aiobs.stream.chunks"] = 3L,
            },
            streamed.Span);
    }

    [Fact]
    public async Task Stream_WithoutContentCapture_WritesTheSameAsAPlainCallToo()
    {
        var stub = StubChatClient.Answering(Updates.ToChatResponse());
        stub.OnStream = _ => new StubUpdates(Updates);
        using var plain = new ObservedChat(stub);
        using var streamed = new ObservedChat(stub);

        await plain.AskAsync();
        await streamed.ReadAsync();

        SpanAssert.Attributes(
            new(plain.Span.TagObjects), streamed.Span.TagObjects.Where(tag => !StreamKeys.Contains(tag.Key)));
    }

    [Fact]
    public async Task Stream_SlowFirstUpdate_MeasuresTheTimeToIt()
    {
        var updates = new StubUpdates(Updates)
        {
            OnMoveNext = (_, _) =>
            {
                _clock.Advance(TimeSpan.FromSeconds(2));
                return ValueTask.CompletedTask;
            },
        };
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => updates }, clock: _clock);

        await chat.ReadAsync();

        Assert.Equal(2d, chat.Span.GetTagItem("gen_ai.response.time_to_first_chunk"));
        var first = Assert.Single(chat.Span.Events);
        Assert.Equal("First Token Stream Event", first.Name);
        Assert.Empty(first.Tags);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 2, TimeSpan.Zero), first.Timestamp);
    }

    [Fact]
    public async Task Stream_Read_PassesTheVeryUpdatesOn()
    {
        var updates = Updates;
        using var chat = new ObservedChat(StubChatClient.Streaming(updates), ObservedChat.WithContent);

        var read = await chat.ReadAsync();

        Assert.Equal(updates, read);
    }

    [Fact]
    public async Task Stream_FirstUpdateThere_IsHandedOutBeforeTheSecondIsAsked()
    {
        var gate = new StubGate();
        var updates = StubUpdates.WaitingAt(1, gate, Updates);
        using var chat = new ObservedChat(new StubChatClient { OnStream = _ => updates }, ObservedChat.WithContent);
        await using var reader = chat.Client.GetStreamingResponseAsync("Hi", null, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        var first = reader.MoveNextAsync();

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(await first);
        Assert.Single(updates.MoveActivities);
        gate.Release();
    }

    [Fact]
    public async Task Stream_NeverRead_LeavesNoSpan()
    {
        var stub = new StubChatClient();
        using var chat = new ObservedChat(stub);

        _ = chat.Client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        await chat.Client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken).DisposeAsync();

        Assert.Empty(chat.Spans.Started);
        Assert.Empty(stub.Calls);
    }

    [Fact]
    public async Task Stream_ReadTwice_IsTwoCallsWithASpanEach()
    {
        var stub = StubChatClient.Streaming(Updates);
        using var chat = new ObservedChat(stub);
        var stream = chat.Client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        await foreach (var _ in stream)
        {
        }

        await foreach (var _ in stream)
        {
        }

        Assert.Equal(2, stub.Calls.Count);
        Assert.Equal(["3", "3"], chat.Spans.Spans.Select(span => $"{span.GetTagItem("aiobs.stream.chunks")}"));
    }

    [Fact]
    public async Task Stream_Empty_IsCompletedWithoutChunks()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming(), ObservedChat.WithContent);

        await chat.ReadAsync();

        SpanAssert.Attributes(
            new(ExpectedTags.Both)
            {
                ["gen_ai.request.stream"] = true,
                ["aiobs.stream.outcome"] = "completed",
                ["aiobs.stream.chunks"] = 0L,
                ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["input.mime_type"] = "application/json",
                ["llm.input_messages.0.message.role"] = "user",
                ["llm.input_messages.0.message.content"] = "Hi",
            },
            chat.Span);
    }

    [Fact]
    public async Task Stream_WithoutUsage_WritesNoCounts()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming(new ChatResponseUpdate(ChatRole.Assistant, "Hello.")));

        await chat.ReadAsync();

        Assert.DoesNotContain(chat.Span.TagObjects, tag => tag.Key.Contains("usage", StringComparison.Ordinal));
        Assert.DoesNotContain(chat.Span.TagObjects, tag => tag.Key.Contains("token_count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_ReadToTheEnd_HasNoErrorStatus()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming(Updates));

        await chat.ReadAsync();

        SpanAssert.Status(ActivityStatusCode.Unset, null, chat.Span);
    }

    [Fact]
    public async Task Stream_EndedButNotDisposed_HasClosedItsSpan()
    {
        using var chat = new ObservedChat(StubChatClient.Streaming(Updates[0]));
        var reader = chat.Client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        await reader.MoveNextAsync();
        await reader.MoveNextAsync();

        Assert.NotNull(chat.Span);
        await reader.DisposeAsync();
    }
}
