using Microsoft.Extensions.AI;

namespace AiObs.TestSupport.Stubs;

/// <summary>Returns the same task every time and allocates nothing, so that a caller's own bytes can be counted.</summary>
public sealed class FixedEmbeddingGenerator<TInput, TEmbedding>(GeneratedEmbeddings<TEmbedding> embeddings)
    : IEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    /// <summary>Gets the task that every call returns.</summary>
    public Task<GeneratedEmbeddings<TEmbedding>> Response { get; } = Task.FromResult(embeddings);

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) => Response;

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // There is nothing to release.
    }
}
