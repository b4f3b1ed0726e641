namespace AiObs.OpenAI.Tests.Wire;

/// <summary>Embedding requests and answers in the shapes that the SDK does not use by itself.</summary>
public sealed class EmbeddingShapeTests
{
    [Theory]
    [InlineData("\"Oslo\"", "Oslo")]
    [InlineData("[\"Oslo\"]", "Oslo")]
    [InlineData("[17,4]", null)]
    [InlineData("[[17,4],[5]]", null)]
    [InlineData("{}", null)]
    public async Task Input_OfAnyShape_ShowsItsTextsAlone(string input, string? text)
    {
        var span = await CannedCall.EmbedAsync($$"""{"model":"text-embedding-3-small","input":{{input}}}""", """{"data":[]}""");

        Assert.Equal(text, span.GetTagItem("embedding.embeddings.0.embedding.text"));
    }

    [Fact]
    public async Task Answer_NumbersAsAList_AreTheVector()
    {
        var span = await CannedCall.EmbedAsync(
            """{"model":"m","input":"Oslo"}""", """{"data":[{"embedding":[0.5,-1]}],"model":"m","usage":{"prompt_tokens":2,"total_tokens":2}}""");

        Assert.Equal([0.5, -1], Assert.IsType<double[]>(span.GetTagItem("embedding.embeddings.0.embedding.vector")));
    }
}
