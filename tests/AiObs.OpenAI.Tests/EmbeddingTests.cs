using System.Diagnostics;
using AiObs.TestSupport;
using FakeModelServer;
using OpenAI.Embeddings;

namespace AiObs.OpenAI.Tests;

/// <summary>Whole dictionaries of embedding requests.</summary>
public sealed class EmbeddingTests
{
    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    private static ModelReply Reply => new() { Embeddings = [[0.5f, -1f], [0.25f, 0f]], Usage = new() { InputTokens = 7 } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Embeddings_ContentOff_WritesWhatIsNoContent(bool isSync)
    {
        await using var client = await RawClient.StartAsync();

        await EmbedAsync(client, isSync);

        SpanAssert.Attributes(Expected(client), client.Span);
        Assert.Equal(("embeddings text-embedding-3-small", ActivityKind.Client), (client.Span.DisplayName, client.Span.Kind));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Embeddings_ContentOn_WritesTextsAndVectors(bool isSync)
    {
        await using var client = await RawClient.StartAsync(RawClient.WithContent);

        await EmbedAsync(client, isSync);

        SpanAssert.Attributes(Expected(client).With(new()
        {
            ["input.value"] = """["Oslo","Rome"]""",
            ["input.mime_type"] = "application/json",
            ["output.value"] = """{"vectors":2,"dimensions":2}""",
            ["output.mime_type"] = "application/json",
            ["embedding.embeddings.0.embedding.text"] = "Oslo",
            ["embedding.embeddings.0.embedding.vector"] = new[] { 0.5, -1 },
            ["embedding.embeddings.1.embedding.text"] = "Rome",
            ["embedding.embeddings.1.embedding.vector"] = new[] { 0.25, 0 },
        }), client.Span);
    }

    [Fact]
    public async Task Embeddings_Refused_AreAFailure()
    {
        await using var client = await RawClient.StartAsync();
        client.Server.Enqueue(ModelReply.Fail(401));

        await Assert.ThrowsAsync<System.ClientModel.ClientResultException>(
            () => client.Embeddings.GenerateEmbeddingAsync("Oslo", cancellationToken: TestToken));

        Assert.Equal("401", client.Span.GetTagItem("error.type"));
        SpanAssert.Status(ActivityStatusCode.Error, "System.ClientModel.ClientResultException", client.Span);
    }

    private static async Task EmbedAsync(RawClient client, bool isSync)
    {
        client.Server.Enqueue(Reply);
        var options = new EmbeddingGenerationOptions { Dimensions = 2 };
        var embeddings = isSync
            ? client.Embeddings.GenerateEmbeddings(["Oslo", "Rome"], options, TestToken).Value
            : (await client.Embeddings.GenerateEmbeddingsAsync(["Oslo", "Rome"], options, TestToken)).Value;

        Assert.Equal([0.5f, -1f], embeddings[0].ToFloats().ToArray());
    }

    private static Dictionary<string, object?> Expected(RawClient client) => new()
    {
        ["gen_ai.operation.name"] = "embeddings",
        ["gen_ai.provider.name"] = "openai",
        ["gen_ai.request.model"] = RawClient.EmbeddingModel,
        ["gen_ai.response.model"] = RawClient.EmbeddingModel,
        ["gen_ai.embeddings.dimension.count"] = 2L,
        ["gen_ai.usage.input_tokens"] = 7L,
        ["server.address"] = "127.0.0.1",
        ["server.port"] = (long)client.Server.BaseAddress.Port,
        ["openinference.span.kind"] = "EMBEDDING",
        ["embedding.model_name"] = RawClient.EmbeddingModel,
        ["embedding.invocation_parameters"] = """{"dimensions":2,"encoding_format":"base64"}""",
        ["gen_ai.request.encoding_formats"] = new[] { "base64" },
        ["aiobs.embeddings.input_count"] = 2L,
        ["llm.token_count.prompt"] = 7L,
        ["llm.token_count.total"] = 7L,
        ["aiobs.response.request_id"] = "req_fake000001",
    };
}
