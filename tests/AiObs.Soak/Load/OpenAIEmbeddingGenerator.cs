using Microsoft.Extensions.AI;
using OpenAI.Embeddings;
using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;

namespace AiObs.Soak.Load;

/// <summary>Makes a generator of OpenAI's client, as the package Microsoft.Extensions.AI.OpenAI would.</summary>
internal sealed class OpenAIEmbeddingGenerator(EmbeddingClient client, Uri endpoint, string model) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("openai", endpoint, model);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var answer = (await client.GenerateEmbeddingsAsync(values, options: null, cancellationToken)).Value;

        return new(answer.Select(embedding => new Embedding<float>(embedding.ToFloats()) { ModelId = answer.Model }))
        {
            Usage = new UsageDetails { InputTokenCount = answer.Usage.InputTokenCount, TotalTokenCount = answer.Usage.TotalTokenCount },
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The client is the application's.
    }
}
