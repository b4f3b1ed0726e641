using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace FakeModelServer.Tests;

public sealed class OllamaEmbedTests : FakeServerTest
{
    private static readonly string[] Texts = ["sun", "rain"];

    [Fact]
    public async Task GenerateAsync_VectorsScripted_ReturnsThem()
    {
        Server.Enqueue(new ModelReply { Embeddings = [[0.5f, -1f], [2f, 0.25f]], Usage = Replies.Usage });
        using var generator = Clients.CreateOllamaEmbeddings(Server);

        var embeddings = await generator.GenerateAsync(Texts, cancellationToken: TestToken);

        Assert.Equal([[0.5f, -1f], [2f, 0.25f]], embeddings.Select(embedding => embedding.Vector.ToArray()));
        Assert.Equal((100, 100), (embeddings.Usage?.InputTokenCount, embeddings.Usage?.TotalTokenCount));
    }

    [Fact]
    public async Task GenerateAsync_NothingScripted_GivesEqualTextsEqualUnitVectors()
    {
        using var generator = Clients.CreateOllamaEmbeddings(Server);
        var options = new EmbeddingGenerationOptions { Dimensions = 16 };

        var embeddings = await generator.GenerateAsync(["sun", "rain", "sun"], options, TestToken);

        var vectors = embeddings.Select(embedding => embedding.Vector.ToArray()).ToList();
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
        Assert.All(vectors, vector => Assert.Equal(16, vector.Length));
        Assert.All(vectors, vector => Assert.Equal(1f, vector.Sum(value => value * value), tolerance: 1e-4f));
        Assert.Equal(ModelProtocol.OllamaEmbed, Assert.Single(Server.Requests).Protocol);
    }

    [Fact]
    public async Task Post_VectorsScripted_AnswersWithVectorsAndNumbers()
    {
        Server.Enqueue(new ModelReply { Embeddings = [[0.5f, -1f]], Usage = Replies.Usage, Model = "served" });

        var body = await PostAsync("\"sun\"");

        Assert.Equal(
            """{"model":"served","embeddings":[[0.5,-1]],"total_duration":105000000,"load_duration":5000000,"prompt_eval_count":100}""",
            body!.ToJsonString());
    }

    [Fact]
    public async Task Post_UsageOmitted_SendsNoCount()
    {
        Server.Enqueue(new ModelReply { Embeddings = [[0.5f]], OmitUsage = true });

        var body = await PostAsync("\"sun\"");

        Assert.Equal(
            """{"model":"m","embeddings":[[0.5]],"total_duration":5000000,"load_duration":5000000}""", body!.ToJsonString());
    }

    [Theory]
    [InlineData("\"sun\"", 1)]
    [InlineData("[\"sun\", \"rain\"]", 2)]
    [InlineData("\"\"", 0)]
    [InlineData("[]", 0)]
    public async Task Post_InputOfAnyShape_ReturnsOneVectorPerText(string input, int expected)
    {
        var body = await PostAsync(input);

        Assert.Equal(expected, body!["embeddings"]!.AsArray().Count);
    }

    private async Task<JsonObject?> PostAsync(string input)
    {
        using var http = new HttpClient { BaseAddress = Server.BaseAddress };
        using var content = new StringContent($$"""{"model": "m", "input": {{input}}}""");
        var response = await http.PostAsync(new Uri("/api/embed", UriKind.Relative), content, TestToken);

        return await response.Content.ReadFromJsonAsync<JsonObject>(TestToken);
    }
}
