using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Operations;

public sealed class OperationLogTests
{
    private const string ExceptionEvent = "gen_ai.client.operation.exception";
    private const string DetailsEvent = "gen_ai.client.inference.operation.details";

    private static readonly ChatOptions Request = new() { Temperature = 0.5f, ConversationId = "c1" };

    [Fact]
    public async Task Write_CallFails_WarnsWithTypeAndFramesAlone()
    {
        using var root = new ObservedRoot();
        using var stub = StubChatClient.Throwing(new InvalidOperationException("canary"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(stub));

        var log = Assert.Single(root.Logs.Logs);
        Assert.Equal(ExceptionEvent, log.EventId.Name);
        Assert.Equal(LogLevel.Warning, log.Level);
        Assert.Null(log.Exception);
        SpanAssert.Attributes(
            new() { ["exception.type"] = "System.InvalidOperationException", ["exception.stacktrace"] = AnyValue.Of<string>() },
            log.State);
        Assert.DoesNotContain("canary", $"{log.Message}{SpanText.Attributes(log.State)}", StringComparison.Ordinal);
        Assert.Contains(nameof(StubChatClient), (string)log.State["exception.stacktrace"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_EmbeddingRequestFails_WarnsToo()
    {
        using var root = new ObservedRoot();
        using var stub = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new TimeoutException());
        using var generator = stub.UseAgentObservability(root.Root);

        await Assert.ThrowsAsync<TimeoutException>(
            () => generator.GenerateAsync(["red"], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ExceptionEvent, Assert.Single(root.Logs.Logs).EventId.Name);
    }

    [Fact]
    public async Task Write_FailurePassesAnAgentAndTwoDecorators_WarnsOnce()
    {
        using var root = new ObservedRoot();
        using var agent = StubChatClient.Throwing(new TimeoutException())
            .UseAgentObservability(root.Root).UseAgentObservability(root.Root).UseAgent("helper", root.Root);

        await Assert.ThrowsAsync<TimeoutException>(
            () => agent.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Single(root.Logs.Logs);
    }

    [Fact]
    public async Task Write_WarningsAreOff_WritesNothing()
    {
        using var root = new ObservedRoot();
        root.Logs.MinimumLevel = LogLevel.Error;
        using var stub = StubChatClient.Throwing(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => root.AskAsync(stub));

        Assert.Empty(root.Logs.Logs);
    }

    [Fact]
    public async Task Write_StreamFails_CorrelatesWithTheSpan()
    {
        using var root = new ObservedRoot();
        using var stub = new StubChatClient
        {
            OnStream = _ => StubUpdates.ThrowingAt(1, new TimeoutException(), new ChatResponseUpdate(ChatRole.Assistant, "Hel")),
        };
        using var client = stub.UseAgentObservability(root.Root);

        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
            {
                // Only reading on matters.
            }
        });

        Assert.Same(root.Spans.Only(), Assert.Single(root.Logs.Logs).Activity);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41, LogLevel.Information)]
    [InlineData(GenAIProfile.Latest, LogLevel.Debug)]
    public async Task Write_DetailsWanted_EqualTheSpanInTheGenAIConvention(GenAIProfile profile, LogLevel level)
    {
        using var root = new ObservedRoot(o =>
        {
            o.GenAIProfile = profile;
            o.Conventions = SpanConventions.GenAI;
            o.EmitOperationDetails = true;
            o.CaptureContent = ContentCapture.All;
        });
        using var stub = Answering();

        await root.AskAsync(stub, Request);

        var log = Assert.Single(root.Logs.Logs);
        var span = root.Spans.Only();
        Assert.Equal(DetailsEvent, log.EventId.Name);
        Assert.Equal(level, log.Level);
        Assert.Same(span, log.Activity);
        SpanAssert.Attributes(new(span.TagObjects), log.State);
        Assert.Contains("gen_ai.input.messages", log.State.Keys);
    }

    [Fact]
    public async Task Write_DetailsWithoutContent_HaveEverythingElse()
    {
        using var root = new ObservedRoot(o =>
        {
            o.EmitOperationDetails = true;
            o.CaptureContent = ContentCapture.Spans;
        });
        using var stub = Answering();

        await root.AskAsync(stub, Request);

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-model",
                ["gen_ai.request.temperature"] = 0.5,
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.response.id"] = "r1",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.conversation.id"] = "c1",
                ["session.id"] = "c1",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
            },
            Assert.Single(root.Logs.Logs).State);
    }

    [Fact]
    public async Task Write_DetailsOfAnUnsampledCall_AreTheSame()
    {
        using var root = new ObservedRoot(o => o.EmitOperationDetails = true);
        root.Spans.Dispose();
        using var stub = Answering();

        await root.AskAsync(stub, Request);

        var log = Assert.Single(root.Logs.Logs);
        Assert.Null(log.Activity);
        Assert.Equal("stub-model-1", log.State["gen_ai.response.model"]);
    }

    [Fact]
    public async Task Write_DetailsOfAFailedCall_FollowTheException()
    {
        using var root = new ObservedRoot(o => o.EmitOperationDetails = true);
        using var stub = StubChatClient.Throwing(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => root.AskAsync(stub));

        Assert.Equal([ExceptionEvent, DetailsEvent], root.Logs.Logs.Select(log => log.EventId.Name));
        Assert.Equal("System.TimeoutException", root.Logs.Logs[1].State["error.type"]);
    }

    private static StubChatClient Answering() => StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 7 },
    });
}
