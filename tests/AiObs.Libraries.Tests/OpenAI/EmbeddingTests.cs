using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.Libraries.Tests.OpenAI;

/// <summary>Embeddings of the SDK as an <see cref="IEmbeddingGenerator{TInput,TEmbedding}"/>.</summary>
public sealed class EmbeddingTests : LibraryTest
{
    private const string Model = "text-embedding-3-small";

    [Theory]
    [InlineData(ContentMode.Off)]
    [InlineData(ContentMode.On)]
    [InlineData(ContentMode.Masked)]
    public async Task Embeddings_OfTwoTexts_AreAsApproved(ContentMode content)
    {
        await using var run = new LibraryRun(content);
        var server = await run.ServeAsync(new ModelReply { Embeddings = [[0.5f, 0.25f], [1, 0]], Usage = new() { InputTokens = 12 } });
        using var generator = Sdk.Connect(server).GetEmbeddingClient(Model).AsIEmbeddingGenerator().AsBuilder()
            .UseAgentObservability(run.Root)
            .Build();

        await run.RecordAsync(() => generator.GenerateAsync([Weather.Question, "Rome"], cancellationToken: Token));

        await run.ApproveAsync($"Embeddings.{content}");
    }
}
