using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

/// <summary>Responses that run in the background and are fetched by later calls, which the newest profile has a name for.</summary>
public sealed class FetchedResponseTests
{
    private static readonly ResponseContinuationToken Later = ResponseContinuationToken.FromBytes(new byte[] { 1, 2, 3 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ChatResponse Running => new() { ResponseId = "r1", ModelId = "stub-model-1", ContinuationToken = Later };

    private static ChatResponse Done(ChatFinishReason? reason) => new(new ChatMessage(ChatRole.Assistant, "Sunny."))
    {
        ResponseId = "r1",
        ModelId = "stub-model-1",
        FinishReason = reason,
        Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
    };

    private static Dictionary<string, object?> Fetched => new()
    {
        ["gen_ai.operation.name"] = "fetch_response",
        ["gen_ai.provider.name"] = "stub",
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
        ["gen_ai.response.id"] = "r1",
        ["gen_ai.response.model"] = "stub-model-1",
    };

    private static Dictionary<string, object?> FetchTags => new()
    {
        ["gen_ai.operation.name"] = "fetch_response",
        ["gen_ai.provider.name"] = "stub",
        ["gen_ai.request.model"] = "stub-model",
        ["gen_ai.response.model"] = "stub-model-1",
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
    };

    [Fact]
    public async Task GetResponseAsync_LatestStillRunning_IsAFetchWithItsStatus()
    {
        using var root = Root(GenAIProfile.Latest);

        await FetchAsync(root, Running);

        Assert.Equal("fetch_response", root.Spans.Only().DisplayName);
        SpanAssert.Attributes(new(Fetched) { ["gen_ai.response.status"] = "in_progress" }, root.Spans.Only());
    }

    [Theory]
    [InlineData("stop", "completed")]
    [InlineData("length", "incomplete")]
    [InlineData("content_filter", "incomplete")]
    [InlineData("surprise", null)]
    public async Task GetResponseAsync_LatestDone_HasAnswerAndStatusAndNoTokens(string reason, string? status)
    {
        using var root = Root(GenAIProfile.Latest);

        await FetchAsync(root, Done(new ChatFinishReason(reason)));

        var expected = new Dictionary<string, object?>(Fetched)
        {
            ["gen_ai.response.finish_reasons"] = new[] { reason },
            ["gen_ai.output.messages"] = $$"""[{"role":"assistant","parts":[{"type":"text","content":"Sunny."}],"finish_reason":"{{reason}}"}]""",
        };
        if (status is not null)
        {
            expected["gen_ai.response.status"] = status;
        }

        SpanAssert.Attributes(expected, root.Spans.Only());
    }

    [Fact]
    public async Task GetStreamingResponseAsync_LatestDone_IsTheSame()
    {
        using var root = Root(GenAIProfile.Latest);
        using var client = StubChatClient.Scripted(Done(ChatFinishReason.Stop)).UseAgentObservability(root.Root);

        await foreach (var update in client.GetStreamingResponseAsync([], Options, Token))
        {
            Assert.NotNull(update);
        }

        Assert.Equal("fetch_response", root.Spans.Only().DisplayName);
        SpanAssert.Attributes(
            new(Fetched)
            {
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.response.status"] = "completed",
                ["gen_ai.output.messages"] = """[{"role":"assistant","parts":[{"type":"text","content":"Sunny."}],"finish_reason":"stop"}]""",
                ["aiobs.stream.chunks"] = AnyValue.Of<long>(),
                ["aiobs.stream.outcome"] = "completed",
            },
            root.Spans.Only());
        Assert.Empty(root.Metrics.Of("gen_ai.client.inference.time_to_first_chunk"));
        Assert.Empty(root.Metrics.Of("gen_ai.client.inference.time_per_output_chunk"));
    }

    [Fact]
    public async Task GetResponseAsync_LatestFails_IsAFetchThatFailed()
    {
        using var root = Root(GenAIProfile.Latest);
        using var client = StubChatClient.Throwing(new TimeoutException("Late.")).UseAgentObservability(root.Root);

        await Assert.ThrowsAsync<TimeoutException>(() => client.GetResponseAsync([], Options, Token));

        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "fetch_response",
                ["gen_ai.provider.name"] = "stub",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
                ["error.type"] = "System.TimeoutException",
            },
            root.Spans.Only());
    }

    [Fact]
    public async Task GetResponseAsync_LatestStillRunning_MeasuresItsDurationAndCountsNoTokens()
    {
        using var root = Root(GenAIProfile.Latest);

        await FetchAsync(root, Running);

        var measurement = Assert.Single(root.Metrics.Measurements);
        Assert.Equal("gen_ai.client.operation.duration", measurement.Name);
        SpanAssert.Attributes(FetchTags, measurement.Tags);
    }

    [Fact]
    public async Task GetResponseAsync_LatestDone_CountsTheTokensOfTheChatThatUsedThem()
    {
        using var root = Root(GenAIProfile.Latest);

        await FetchAsync(root, Done(ChatFinishReason.Stop));

        var chat = new Dictionary<string, object?>(FetchTags) { ["gen_ai.operation.name"] = "chat" };
        var input = root.Metrics.Only("gen_ai.client.inference.usage.input_tokens");
        Assert.Equal(7L, input.Value);
        SpanAssert.Attributes(new(chat) { ["gen_ai.token.modality"] = "unknown" }, input.Tags);
        Assert.Equal(3L, root.Metrics.Only("gen_ai.client.inference.operation.output_tokens").Value);
        SpanAssert.Attributes(chat, root.Metrics.Only("gen_ai.client.inference.operation.output_tokens").Tags);
        Assert.Empty(root.Metrics.Of("gen_ai.client.inference.duration"));
        SpanAssert.Attributes(FetchTags, root.Metrics.Only("gen_ai.client.operation.duration").Tags);
    }

    [Fact]
    public async Task GetResponseAsync_V141_IsAChatAsItWas()
    {
        using var root = Root(GenAIProfile.V1_41);

        await FetchAsync(root, Running);

        Assert.Equal("chat stub-model", root.Spans.Only().DisplayName);
        SpanAssert.Attributes(
            new(ExpectedTags.GenAI)
            {
                ["gen_ai.response.id"] = "r1",
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.request.temperature"] = 0.5,
                ["gen_ai.system_instructions"] = """[{"type":"text","content":"Be brief."}]""",
                ["gen_ai.input.messages"] = "[]",
                ["aiobs.response.status"] = "in_progress",
            },
            root.Spans.Only());
    }

    [Fact]
    public async Task GetResponseAsync_LatestAfterAFetch_IsAChatUnderItsOwnName()
    {
        using var root = Root(GenAIProfile.Latest);
        using var client = StubChatClient.Scripted(Running, Running).UseAgentObservability(root.Root);

        await client.GetResponseAsync([], Options, Token);
        await client.GetResponseAsync("Hi", cancellationToken: Token);

        Assert.Equal(["fetch_response", "chat stub-model"], root.Spans.Spans.Select(static span => span.DisplayName));
    }

    private static ChatOptions Options => new() { ContinuationToken = Later, Temperature = 0.5f, Instructions = "Be brief." };

    private static ObservedRoot Root(GenAIProfile profile) => new(o =>
    {
        o.GenAIProfile = profile;
        o.Conventions = SpanConventions.GenAI;
        o.CaptureContent = ContentCapture.Spans;
    });

    private static async Task FetchAsync(ObservedRoot root, ChatResponse response)
    {
        using var client = StubChatClient.Answering(response).UseAgentObservability(root.Root);
        await client.GetResponseAsync([], Options, Token);
    }
}
