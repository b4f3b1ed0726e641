using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI.Embeddings;

namespace FakeModelServer.Tests;

public sealed class EmbeddingsTests : FakeServerTest
{
    private static readonly string[] Texts = ["sun", "rain"];

    [Fact]
    public async Task GenerateEmbeddingsAsync_VectorsScripted_ReturnsThem()
    {
        Server.Enqueue(new ModelReply { Embeddings = [[0.5f, -1f], [2f, 0.25f]], Usage = Replies.Usage, Model = "served-model" });

        OpenAIEmbeddingCollection embeddings = await Clients.CreateEmbeddings(Server).GenerateEmbeddingsAsync(Texts, null, TestToken);

        Assert.Equal([[0.5f, -1f], [2f, 0.25f]], embeddings.Select(embedding => embedding.ToFloats().ToArray()));
        Assert.Equal(("served-model", 100, 100), (embeddings.Model, embeddings.Usage.InputTokenCount, embeddings.Usage.TotalTokenCount));
    }

    [Fact]
    public async Task GenerateEmbeddingsAsync_NothingScripted_GivesEqualTextsEqualUnitVectors()
    {
        var options = new OpenAI.Embeddings.EmbeddingGenerationOptions { Dimensions = 16 };

        OpenAIEmbeddingCollection embeddings =
            await Clients.CreateEmbeddings(Server).GenerateEmbeddingsAsync(["sun", "rain", "sun"], options, TestToken);

        var vectors = embeddings.Select(embedding => embedding.ToFloats().ToArray()).ToList();
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        Assert.All(vectors, vector => Assert.Equal(16, vector.Length));
        Assert.All(vectors, vector => Assert.Equal(1f, vector.Sum(value => value * value), tolerance: 1e-4f));
    }

    [Fact]
    public async Task GenerateAsync_VectorsScripted_ReturnsThemThroughTheGenerator()
    {
        Server.Enqueue(new ModelReply { Embeddings = [[0.5f, -1f], [2f, 0.25f]], Usage = Replies.Usage });
        using var generator = Clients.CreateEmbeddings(Server).AsIEmbeddingGenerator();

        var embeddings = await generator.GenerateAsync(Texts, cancellationToken: TestToken);

        Assert.Equal([[0.5f, -1f], [2f, 0.25f]], embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal((100, 100), (embeddings.Usage?.InputTokenCount, embeddings.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task Post_FloatEncoding_ReturnsNumbers()
    {
        Server.Enqueue(new ModelReply { Embeddings = [[0.5f, -1f]] });
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };

        var request = new { model = "m", input = "sun", encoding_format = "float" };

        var response = await http.PostAsJsonAsync("/v1/embeddings", request, TestToken);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>(TestToken);

        Assert.Equal("[0.5,-1]", body!["data"]![0]!["embedding"]!.ToJsonString());
    }

    [Theory]
    [InlineData("\"sun\"", 1)]
    [InlineData("[\"sun\", \"rain\"]", 2)]
    [InlineData("[11, 12, 13]", 1)]
    [InlineData("[[11, 12], [13]]", 2)]
    public async Task Post_InputOfAnyShape_ReturnsOneVectorPerText(string input, int expected)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent($$"""{"model": "m", "input": {{input}}}""");

        var response = await http.PostAsync(new Uri("/v1/embeddings", UriKind.Relative), content, TestToken);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>(TestToken);

        Assert.Equal(expected, body!["data"]!.AsArray().Count);
    }
}
