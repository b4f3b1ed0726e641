using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class ObservingChatClientTests
{
    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
    };

    private static Dictionary<string, object?> AnswerTags => new(ExpectedTags.Both)
    {
        ["llm.model_name"] = "stub-model-1",
        ["llm.response.model_name"] = "stub-model-1",
        ["llm.finish_reason"] = "stop",
        ["llm.token_count.prompt"] = 7L,
        ["llm.token_count.completion"] = 3L,
        ["llm.token_count.total"] = 10L,
        ["gen_ai.response.model"] = "stub-model-1",
        ["gen_ai.response.id"] = "r1",
        ["gen_ai.response.finish_reasons"] = new[] { "stop" },
        ["gen_ai.usage.input_tokens"] = 7L,
        ["gen_ai.usage.output_tokens"] = 3L,
    };

    [Fact]
    public async Task GetResponseAsync_WithContent_WritesBothConventions()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), ObservedChat.WithContent);

        await chat.AskAsync("Hi");

        SpanAssert.Attributes(
            new(AnswerTags)
            {
                ["gen_ai.input.messages"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Hello."}],"finish_reason":"stop"}]""",
                ["input.value"] = """[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = "Hello.",
                ["output.mime_type"] = "text/plain",
                ["llm.output_messages.0.message.role"] = "assistant",
                ["llm.output_messages.0.message.content"] = "Hello.",
                ["llm.input_messages.0.message.role"] = "user",
                ["llm.input_messages.0.message.content"] = "Hi",
            },
            chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_ByDefault_WritesNoContent()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer));

        await chat.AskAsync("Hi");

        SpanAssert.Attributes(AnswerTags, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_ContentForEventsAlone_WritesNoContentOnTheSpan()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), o => o.CaptureContent = ContentCapture.Events);

        await chat.AskAsync("Hi");

        SpanAssert.Attributes(AnswerTags, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_Answered_IsAClientSpanWithUnsetStatus()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer));

        await chat.AskAsync();

        Assert.Equal("chat stub-model", chat.Span.OperationName);
        Assert.Equal("chat stub-model", chat.Span.DisplayName);
        Assert.Equal(ActivityKind.Client, chat.Span.Kind);
        SpanAssert.Status(ActivityStatusCode.Unset, null, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_ClientThatSaysNothingOfItself_WritesNoMadeUpValues()
    {
        using var chat = new ObservedChat(new StubChatClient { Metadata = null });

        await chat.AskAsync();

        Assert.Equal("chat", chat.Span.DisplayName);
        SpanAssert.Attributes(
            new() { ["gen_ai.operation.name"] = "chat", ["openinference.span.kind"] = "LLM" }, chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_OwnModelRequested_NamesSpanAfterIt()
    {
        using var chat = new ObservedChat(new StubChatClient());

        await chat.AskAsync(options: new() { ModelId = "other-model" });

        Assert.Equal("chat other-model", chat.Span.DisplayName);
        Assert.Equal("other-model", chat.Span.GetTagItem("gen_ai.request.model"));
    }

    [Fact]
    public async Task GetResponseAsync_InnerAnswersNull_ReturnsNull()
    {
        using var chat = new ObservedChat(new StubChatClient { OnResponse = _ => Task.FromResult<ChatResponse>(null!) });

        Assert.Null(await chat.AskAsync());
        Assert.NotNull(chat.Span);
    }

    [Fact]
    public void GetService_ActivitySource_IsOurs()
    {
        using var chat = new ObservedChat(new StubChatClient());

        Assert.Equal(chat.Source, chat.Client.GetService<ActivitySource>()?.Name);
        Assert.Null(chat.Client.GetService<ActivitySource>("key"));
        Assert.NotNull(chat.Client.GetService<StubChatClient>());
    }

    [Fact]
    public void Dispose_RootOfTheApplication_StaysUsable()
    {
        using var stub = new StubChatClient();
        using var chat = new ObservedChat(stub);

        chat.Client.Dispose();

        Assert.Equal(1, stub.DisposeCount);
        Assert.True(chat.Client.GetService<ActivitySource>()!.HasListeners());
    }
}
