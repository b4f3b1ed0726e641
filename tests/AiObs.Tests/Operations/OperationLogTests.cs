using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace AiObs.Tests.Operations;

public sealed class OperationLogTests : IDisposable
{
    private const string ExceptionEvent = "gen_ai.client.operation.exception";
    private const string DetailsEvent = "gen_ai.client.inference.operation.details";

    private static readonly ChatOptions Request = new() { Temperature = 0.5f, ConversationId = "c1" };

    private readonly ExportedLogs _logs = new();

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Write_CallFails_WarnsWithTypeAndFramesAlone()
    {
        using var root = Root();
        using var stub = StubChatClient.Throwing(new InvalidOperationException("canary"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(stub));

        var log = Assert.Single(_logs.Records);
        Assert.Equal(ExceptionEvent, log.EventId.Name);
        Assert.Equal(LogLevel.Warning, log.LogLevel);
        Assert.Null(log.Exception);
        SpanAssert.Attributes(
            new() { ["exception.type"] = "System.InvalidOperationException", ["exception.stacktrace"] = AnyValue.Of<string>() },
            ExportedLogs.State(log));
        Assert.DoesNotContain("canary", $"{log.FormattedMessage}{SpanText.Attributes(ExportedLogs.State(log))}", StringComparison.Ordinal);
        Assert.Contains(nameof(StubChatClient), (string)ExportedLogs.State(log)["exception.stacktrace"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_EmbeddingRequestFails_WarnsToo()
    {
        using var root = Root();
        using var stub = new StubEmbeddingGenerator<string, Embedding<float>>(_ => throw new TimeoutException());
        using var generator = stub.UseAgentObservability(root.Root);

        await Assert.ThrowsAsync<TimeoutException>(
            () => generator.GenerateAsync(["red"], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ExceptionEvent, Assert.Single(_logs.Records).EventId.Name);
    }

    [Fact]
    public async Task Write_FailurePassesAnAgentAndTwoDecorators_WarnsOnce()
    {
        using var root = Root();
        using var agent = StubChatClient.Throwing(new TimeoutException())
            .UseAgentObservability(root.Root).UseAgentObservability(root.Root).UseAgent("helper", root.Root);

        await Assert.ThrowsAsync<TimeoutException>(
            () => agent.GetResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Single(_logs.Records);
    }

    [Fact]
    public async Task Write_WarningsAreOff_WritesNothing()
    {
        using var logs = new ExportedLogs(LogLevel.Error);
        using var root = new ObservedRoot(logs: logs.Factory);
        using var stub = StubChatClient.Throwing(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => root.AskAsync(stub));

        Assert.Empty(logs.Records);
    }

    [Fact]
    public async Task Write_StreamFails_CorrelatesWithTheSpan()
    {
        using var root = Root();
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

        Assert.Equal(root.Spans.Only().SpanId, Assert.Single(_logs.Records).SpanId);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41, LogLevel.Information)]
    [InlineData(GenAIProfile.Latest, LogLevel.Debug)]
    public async Task Write_DetailsWanted_EqualTheSpanInTheGenAIConvention(GenAIProfile profile, LogLevel level)
    {
        using var root = Root(o =>
        {
            o.GenAIProfile = profile;
            o.Conventions = SpanConventions.GenAI;
            o.EmitOperationDetails = true;
            o.CaptureContent = ContentCapture.All;
        });
        using var stub = Answering();

        await root.AskAsync(stub, Request);

        var log = Assert.Single(_logs.Records);
        var span = root.Spans.Only();
        Assert.Equal(DetailsEvent, log.EventId.Name);
        Assert.Equal(level, log.LogLevel);
        Assert.Equal(span.SpanId, log.SpanId);
        SpanAssert.Attributes(new(span.TagObjects), ExportedLogs.State(log));
        Assert.Contains("gen_ai.input.messages", ExportedLogs.State(log).Keys);
    }

    [Fact]
    public async Task Write_DetailsWithoutContent_HaveEverythingElse()
    {
        using var root = Root(o =>
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
            ExportedLogs.State(Assert.Single(_logs.Records)));
    }

    [Fact]
    public async Task Write_DetailsOfAnUnsampledCall_AreTheSame()
    {
        using var root = Root(o => o.EmitOperationDetails = true);
        root.Spans.Dispose();
        using var stub = Answering();

        await root.AskAsync(stub, Request);

        var log = Assert.Single(_logs.Records);
        Assert.Equal(default, log.SpanId);
        Assert.Equal("stub-model-1", ExportedLogs.State(log)["gen_ai.response.model"]);
    }

    [Fact]
    public async Task Write_DetailsOfAFailedCall_FollowTheException()
    {
        using var root = Root(o => o.EmitOperationDetails = true);
        using var stub = StubChatClient.Throwing(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => root.AskAsync(stub));

        Assert.Equal([ExceptionEvent, DetailsEvent], _logs.Records.Select(log => log.EventId.Name));
        Assert.Equal("System.TimeoutException", ExportedLogs.State(_logs.Records[1])["error.type"]);
    }

    private ObservedRoot Root(Action<AgentObservabilityOptions>? configure = null) => new(configure, _logs.Factory);

    private static StubChatClient Answering() => StubChatClient.Answering(new(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        ResponseId = "r1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 7 },
    });
}
