using System.Diagnostics;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Embeddings;

public sealed class EmbeddingSpanTests
{
    private readonly string _source = $"embeddings-{Guid.NewGuid():N}";

    private static StubEmbeddingGenerator<string, Embedding<float>> Stub => new(_ => Task.FromResult(
        new GeneratedEmbeddings<Embedding<float>>(
        [
            new(new[] { 0.5f, -1f }) { ModelId = "stub-embedding-1" },
            new(new[] { 2f, 0f }) { ModelId = "stub-embedding-1" },
        ])
        {
            Usage = new() { InputTokenCount = 4 },
        }));

    [Fact]
    public async Task GenerateAsync_WithContent_WritesBothConventions()
    {
        var span = await GenerateAsync(o => o.CaptureContent = ContentCapture.Spans);

        Assert.Equal("embeddings stub-embedding", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "EMBEDDING",
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-embedding",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
                ["embedding.model_name"] = "stub-embedding-1",
                ["embedding.invocation_parameters"] = """{"dimensions":3}""",
                ["llm.token_count.prompt"] = 4L,
                ["llm.token_count.total"] = 4L,
                ["gen_ai.response.model"] = "stub-embedding-1",
                ["gen_ai.embeddings.dimension.count"] = 3L,
                ["aiobs.embeddings.input_count"] = 2L,
                ["gen_ai.usage.input_tokens"] = 4L,
                ["input.value"] = """["red","blue"]""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = """{"vectors":2,"dimensions":2}""",
                ["output.mime_type"] = "application/json",
                ["embedding.embeddings.0.embedding.text"] = "red",
                ["embedding.embeddings.1.embedding.text"] = "blue",
                ["embedding.embeddings.0.embedding.vector"] = new[] { 0.5, -1.0 },
                ["embedding.embeddings.1.embedding.vector"] = new[] { 2.0, 0.0 },
            },
            span);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task GenerateAsync_GenAIAlone_WritesNoContent(GenAIProfile profile)
    {
        var span = await GenerateAsync(o =>
        {
            o.Conventions = SpanConventions.GenAI;
            o.GenAIProfile = profile;
            o.CaptureContent = ContentCapture.All;
        });

        Assert.Equal("embeddings stub-embedding", span.DisplayName);
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-embedding",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
                ["gen_ai.response.model"] = "stub-embedding-1",
                ["gen_ai.embeddings.dimension.count"] = 3L,
                ["aiobs.embeddings.input_count"] = 2L,
                ["gen_ai.usage.input_tokens"] = 4L,
            },
            span);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task GenerateAsync_OpenInferenceAlone_HasItsNameAndStatusOk(GenAIProfile profile)
    {
        var span = await GenerateAsync(o =>
        {
            o.Conventions = SpanConventions.OpenInference;
            o.GenAIProfile = profile;
        });

        Assert.Equal("CreateEmbeddings", span.DisplayName);
        SpanAssert.Status(ActivityStatusCode.Ok, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "EMBEDDING",
                ["embedding.model_name"] = "stub-embedding-1",
                ["embedding.invocation_parameters"] = """{"dimensions":3}""",
                ["llm.token_count.prompt"] = 4L,
                ["llm.token_count.total"] = 4L,
                ["aiobs.embeddings.input_count"] = 2L,
            },
            span);
    }

    [Fact]
    public async Task GenerateAsync_OptionsGiven_BeatTheDefaultsOfTheGenerator()
    {
        var span = await GenerateAsync(
            o => o.Conventions = SpanConventions.GenAI, new() { ModelId = "stub-large", Dimensions = 2 });

        Assert.Equal("embeddings stub-large", span.DisplayName);
        Assert.Equal("stub-large", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(2L, span.GetTagItem("gen_ai.embeddings.dimension.count"));
    }

    [Fact]
    public async Task GenerateAsync_GeneratorSaysNothingOfItself_WritesOnlyWhatIsKnown()
    {
        using var spans = new SpanCollector(_source);
        using var stub = new StubEmbeddingGenerator<string, Embedding<float>>(
            _ => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>()))
        {
            Metadata = null,
        };
        using var generator = stub.UseAgentObservability(o => o.SourceName = _source);

        await generator.GenerateAsync([], cancellationToken: TestContext.Current.CancellationToken);

        SpanAssert.Attributes(
            new() { ["openinference.span.kind"] = "EMBEDDING", ["gen_ai.operation.name"] = "embeddings", ["aiobs.embeddings.input_count"] = 0L },
            spans.Only("embeddings"));
    }

    [Fact]
    public async Task GenerateAsync_InsideOfAContext_CarriesIt()
    {
        using var scope = AgentContext.Begin("c1", "u1", "s1", ["nightly"], [new("tenant", "acme")]);

        var span = await GenerateAsync(_ => { });

        Assert.Equal("c1", span.GetTagItem("gen_ai.conversation.id"));
        Assert.Equal("u1", span.GetTagItem("user.id"));
        Assert.Equal("s1", span.GetTagItem("session.id"));
        Assert.Equal(["nightly"], Assert.IsType<string[]>(span.GetTagItem("tag.tags")));
        Assert.Equal("""{"tenant":"acme"}""", span.GetTagItem("metadata"));
    }

    [Fact]
    public async Task GenerateAsync_Sampler_SeesWhatIsAskedOfWhom()
    {
        Dictionary<string, object?> seen = [];
        using var spans = new SpanCollector(_source, (ref options) =>
        {
            seen = new(options.Tags!);
            return ActivitySamplingResult.AllData;
        });
        using var generator = Stub.UseAgentObservability(o => o.SourceName = _source);

        await generator.GenerateAsync(["red"], cancellationToken: TestContext.Current.CancellationToken);

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "EMBEDDING",
                ["gen_ai.operation.name"] = "embeddings",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-embedding",
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
            },
            seen);
    }

    private async Task<Activity> GenerateAsync(Action<AgentObservabilityOptions> configure, EmbeddingGenerationOptions? options = null)
    {
        using var spans = new SpanCollector(_source);
        using var generator = Stub.UseAgentObservability(o =>
        {
            o.SourceName = _source;
            configure(o);
        });
        await generator.GenerateAsync(["red", "blue"], options, TestContext.Current.CancellationToken);
        return spans.Only();
    }
}
