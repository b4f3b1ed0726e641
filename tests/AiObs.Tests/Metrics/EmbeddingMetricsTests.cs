using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Metrics;

public sealed class EmbeddingMetricsTests
{
    private static Dictionary<string, object?> Tags => new()
    {
        ["gen_ai.operation.name"] = "embeddings",
        ["gen_ai.provider.name"] = "stub",
        ["gen_ai.request.model"] = "stub-embedding",
        ["gen_ai.response.model"] = "stub-embedding-1",
        ["server.address"] = "localhost",
        ["server.port"] = 8080L,
    };

    [Fact]
    public async Task GenerateAsync_V141_MeasuresDurationAndInputTokens()
    {
        using var root = new ObservedRoot();

        await GenerateAsync(root);

        Assert.Equal(2, root.Metrics.Measurements.Count);
        var tokens = root.Metrics.Only("gen_ai.client.token.usage");
        Assert.Equal(4L, tokens.Value);
        SpanAssert.Attributes(new(Tags) { ["gen_ai.token.type"] = "input" }, tokens.Tags);
        var duration = root.Metrics.Only("gen_ai.client.operation.duration");
        Assert.Equal(0.5, duration.Value);
        SpanAssert.Attributes(Tags, duration.Tags);
    }

    [Fact]
    public async Task GenerateAsync_Latest_MeasuresDurationAlone()
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = GenAIProfile.Latest);

        await GenerateAsync(root);

        var duration = Assert.Single(root.Metrics.Measurements);
        Assert.Equal("gen_ai.client.operation.duration", duration.Name);
        SpanAssert.Attributes(Tags, duration.Tags);
    }

    [Fact]
    public async Task GenerateAsync_Fails_TagsTheDurationWithTheError()
    {
        using var root = new ObservedRoot();

        await Assert.ThrowsAsync<TimeoutException>(() => GenerateAsync(root, new TimeoutException()));

        var tags = new Dictionary<string, object?>(Tags) { ["error.type"] = "System.TimeoutException" };
        tags.Remove("gen_ai.response.model");
        SpanAssert.Attributes(tags, Assert.Single(root.Metrics.Measurements).Tags);
    }

    private static async Task GenerateAsync(ObservedRoot root, Exception? exception = null)
    {
        using var stub = new StubEmbeddingGenerator<string, Embedding<float>>(_ =>
        {
            root.Clock.Advance(TimeSpan.FromSeconds(0.5));
            return exception is not null
                ? throw exception
                : Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new(new[] { 1f }) { ModelId = "stub-embedding-1" }])
                {
                    Usage = new() { InputTokenCount = 4 },
                });
        });
        using var generator = stub.UseAgentObservability(root.Root);
        await generator.GenerateAsync(["red"], cancellationToken: TestContext.Current.CancellationToken);
    }
}
