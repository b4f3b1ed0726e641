using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class EnclosingSpanTests : IDisposable
{
    private const string MicrosoftSource = "Experimental.Microsoft.Extensions.AI.Tests";

    private readonly ActivitySource _source = new($"their-{Guid.NewGuid():N}");
    private readonly ActivitySource _microsoftSource = new($"{MicrosoftSource}-{Guid.NewGuid():N}");
    private readonly SpanCollector _spans;

    public EnclosingSpanTests() => _spans = new(source => source == _source || source == _microsoftSource);

    private static ChatResponse Answer => new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 7, OutputTokenCount = 3, AdditionalCounts = new() { ["CacheCreationInputTokens"] = 2 } },
    };

    public void Dispose()
    {
        _spans.Dispose();
        _source.Dispose();
        _microsoftSource.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enclosing_SpanOfTheSameModel_IsGivenWhatItLacksAndNothingElse(bool isStreaming)
    {
        var stub = StubChatClient.Answering(Answer);
        stub.OnStream = _ => new StubUpdates(Answer.ToChatResponseUpdates());
        using var chat = new ObservedChat(stub, clock: new TestClock());
        using var theirs = Start(_source);
        theirs.SetTag("gen_ai.provider.name", "theirs");
        theirs.SetTag("gen_ai.response.id", "theirs");
        theirs.SetStatus(ActivityStatusCode.Ok);

        await (isStreaming ? chat.ReadAsync() : (Task)chat.AskAsync());

        Assert.Empty(chat.Spans.Started);
        Assert.False(theirs.IsStopped);
        Assert.Same(theirs, Activity.Current);
        SpanAssert.Status(ActivityStatusCode.Ok, null, theirs);
        var expected = new Dictionary<string, object?>(ExpectedTags.Both)
        {
            ["gen_ai.provider.name"] = "theirs",
            ["llm.model_name"] = "stub-model-1",
            ["llm.response.model_name"] = "stub-model-1",
            ["llm.finish_reason"] = "stop",
            ["llm.token_count.prompt"] = 7L,
            ["llm.token_count.completion"] = 3L,
            ["llm.token_count.total"] = 10L,
            ["llm.token_count.prompt_details.cache_write"] = 2L,
            ["gen_ai.usage.cache_creation.input_tokens"] = 2L,
            ["gen_ai.response.model"] = "stub-model-1",
            ["gen_ai.response.id"] = "theirs",
            ["gen_ai.response.finish_reasons"] = new[] { "stop" },
            ["gen_ai.usage.input_tokens"] = 7L,
            ["gen_ai.usage.output_tokens"] = 3L,
        };
        if (isStreaming)
        {
            expected["gen_ai.request.stream"] = true;
            expected["gen_ai.response.time_to_first_chunk"] = 0d;
            expected["aiobs.stream.outcome"] = "completed";
            expected["aiobs.stream.chunks"] = 2L;
        }

        SpanAssert.Attributes(expected, theirs);
    }

    [Fact]
    public async Task Enclosing_CallFails_LeavesTheVerdictToTheSpansOwnerAndAddsTheException()
    {
        using var chat = new ObservedChat(StubChatClient.Throwing(new InvalidOperationException("a")));
        using var theirs = Start(_source);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        SpanAssert.Status(ActivityStatusCode.Unset, null, theirs);
        Assert.Null(theirs.GetTagItem("error.type"));
        var exception = Assert.Single(theirs.Events);
        Assert.Equal(
            ["exception.stacktrace", "exception.type"], exception.Tags.Select(static tag => tag.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Enclosing_SecondCallInsideOfTheSpan_IsAChild()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer));
        using var theirs = Start(_source);

        await chat.AskAsync();
        await chat.AskAsync();

        Assert.Same(theirs, chat.Span.Parent);
        Assert.Equal(7L, theirs.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(7L, chat.Span.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.DoesNotContain(theirs.TagObjects.GroupBy(static tag => tag.Key), static group => group.Count() > 1);
    }

    [Fact]
    public async Task Enclosing_NextTryAfterAFailure_CompletesTheSpan()
    {
        using var stub = new StubChatClient();
        stub.OnResponse = _ => stub.Calls.Count == 1 ? throw new InvalidOperationException("a") : Task.FromResult(Answer);
        using var chat = new ObservedChat(stub);
        using var theirs = Start(_source);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());
        await chat.AskAsync();

        Assert.Empty(chat.Spans.Started);
        Assert.Equal(7L, theirs.GetTagItem("gen_ai.usage.input_tokens"));
    }

    [Fact]
    public async Task Enclosing_SpanOfMicrosoftsClient_IsNotGivenTheResponseThatItsOwnerAppends()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), ObservedChat.WithContent);
        using var theirs = Start(_microsoftSource);
        theirs.AddTag("gen_ai.input.messages", "theirs");

        await chat.AskAsync();
        theirs.AddTag("gen_ai.response.model", "theirs");
        theirs.AddTag("gen_ai.usage.input_tokens", 7);
        theirs.AddTag("gen_ai.output.messages", "theirs");

        Assert.DoesNotContain(theirs.TagObjects.GroupBy(static tag => tag.Key), static group => group.Count() > 1);
        Assert.Equal("LLM", theirs.GetTagItem("openinference.span.kind"));
        Assert.Equal(7L, theirs.GetTagItem("llm.token_count.prompt"));
        Assert.Equal(2L, theirs.GetTagItem("gen_ai.usage.cache_creation.input_tokens"));
        Assert.Equal("Hello.", theirs.GetTagItem("llm.output_messages.0.message.content"));
    }

    [Fact]
    public async Task Enclosing_SpanOfMicrosoftsClientWithoutContent_IsGivenOurs()
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer), ObservedChat.WithContent);
        using var theirs = Start(_microsoftSource);

        await chat.AskAsync();

        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"Hello."}],"finish_reason":"stop"}]""",
            theirs.GetTagItem("gen_ai.output.messages"));
    }

    [Theory]
    [InlineData("chat", "other-model")]
    [InlineData("invoke_agent", "stub-model")]
    [InlineData(null, null)]
    public async Task Enclosing_SpanOfSomethingElse_IsOnlyTheParent(string? operation, string? model)
    {
        using var chat = new ObservedChat(StubChatClient.Answering(Answer));
        using var theirs = _source.StartActivity("theirs")!;
        theirs.SetTag("gen_ai.operation.name", operation);
        theirs.SetTag("gen_ai.request.model", model);
        var before = theirs.TagObjects.ToList();

        await chat.AskAsync();

        Assert.Same(theirs, chat.Span.Parent);
        Assert.Equal(before, theirs.TagObjects);
    }

    private static Activity Start(ActivitySource source)
    {
        var activity = source.StartActivity("chat stub-model", ActivityKind.Client)!;
        activity.SetTag("gen_ai.operation.name", "chat");
        activity.SetTag("gen_ai.request.model", "stub-model");
        return activity;
    }
}
