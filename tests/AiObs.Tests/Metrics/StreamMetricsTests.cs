using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Metrics;

public sealed class StreamMetricsTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);

    private static Dictionary<string, object?> RequestTags => new()
    {
        ["gen_ai.operation.name"] = "chat",
        ["gen_ai.provider.name"] = "stub",
        ["gen_ai.request.model"] = "stub-model",
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
    };

    private static Dictionary<string, object?> Tags => new(RequestTags) { ["gen_ai.response.model"] = "stub-model-1" };

    [Theory]
    [InlineData(GenAIProfile.V1_41, "gen_ai.client.operation")]
    [InlineData(GenAIProfile.Latest, "gen_ai.client.inference")]
    public async Task GetStreamingResponseAsync_Read_MeasuresTheTimesOfTheModelAlone(GenAIProfile profile, string prefix)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);
        using var client = Streaming(root, updates: 4).UseAgentObservability(root.Root);

        await ReadAsync(client, root);

        var first = root.Metrics.Only($"{prefix}.time_to_first_chunk");
        Assert.Equal(2.0, first.Value);
        SpanAssert.Attributes(Tags, first.Tags);
        var chunks = root.Metrics.Of($"{prefix}.time_per_output_chunk");
        Assert.Equal([0.25, 0.25, 0.25], chunks.Select(chunk => chunk.Value));
        Assert.All(chunks, chunk => SpanAssert.Attributes(Tags, chunk.Tags));
        var duration = root.Metrics.Only($"{prefix}.duration");
        Assert.Equal(2.0 + (4 * 0.25) + (4 * 10.0), duration.Value);
        SpanAssert.Attributes(Tags, duration.Tags);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OneUpdate_HasNoTimePerChunk()
    {
        using var root = new ObservedRoot();
        using var client = Streaming(root, updates: 1).UseAgentObservability(root.Root);

        await ReadAsync(client, root);

        root.Metrics.Only("gen_ai.client.operation.time_to_first_chunk");
        Assert.Empty(root.Metrics.Of("gen_ai.client.operation.time_per_output_chunk"));
    }

    [Fact]
    public async Task GetStreamingResponseAsync_FailsBeforeTheFirstUpdate_HasNoTimeToIt()
    {
        using var root = new ObservedRoot();
        using var stub = new StubChatClient { OnStream = _ => StubUpdates.ThrowingAt(0, new TimeoutException()) };
        using var client = stub.UseAgentObservability(root.Root);

        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync(client, root));

        var duration = Assert.Single(root.Metrics.Measurements);
        Assert.Equal("gen_ai.client.operation.duration", duration.Name);
        SpanAssert.Attributes(new(RequestTags) { ["error.type"] = "System.TimeoutException" }, duration.Tags);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_UsageOnTheWay_IsMeasuredOnce()
    {
        using var root = new ObservedRoot();
        using var stub = StubChatClient.Streaming(
            new(ChatRole.Assistant, "Hello.") { ModelId = "stub-model-1" },
            new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = 7, OutputTokenCount = 3 })]));
        using var client = stub.UseAgentObservability(root.Root);

        await ReadAsync(client, root);

        var tokens = root.Metrics.Of("gen_ai.client.token.usage");
        Assert.Equal([7L, 3L], tokens.Select(measurement => measurement.Value));
        SpanAssert.Attributes(new(Tags) { ["gen_ai.token.type"] = "input" }, tokens[0].Tags);
        SpanAssert.Attributes(new(Tags) { ["gen_ai.token.type"] = "output" }, tokens[1].Tags);
    }

    private static StubChatClient Streaming(ObservedRoot root, int updates)
    {
        var texts = Enumerable.Range(0, updates).Select(_ => new ChatResponseUpdate(ChatRole.Assistant, "a") { ModelId = "stub-model-1" });
        return new()
        {
            OnStream = _ => new StubUpdates([.. texts])
            {
                OnMoveNext = (move, _) =>
                {
                    root.Clock.Advance(move == 0 ? First : Each);
                    return ValueTask.CompletedTask;
                },
            },
        };
    }

    private static async Task ReadAsync(IChatClient client, ObservedRoot root)
    {
        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            root.Clock.Advance(Reading);
        }
    }
}
