using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Asks for each value by itself, and puts the vectors together.</summary>
public sealed class SplittingEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> innerGenerator)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(innerGenerator)
{
    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = new GeneratedEmbeddings<Embedding<float>> { Usage = new() };
        foreach (var value in values)
        {
            var part = await base.GenerateAsync([value], options, cancellationToken);
            all.AddRange(part);
            all.Usage.Add(part.Usage ?? new());
        }

        return all;
    }
}
