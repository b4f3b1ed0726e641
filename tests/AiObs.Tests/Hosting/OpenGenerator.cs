using Microsoft.Extensions.AI;

namespace AiObs.Tests.Hosting;

/// <summary>An embedding generator that is registered for all types at once.</summary>
internal sealed class OpenGenerator<TInput, TEmbedding> : IEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    public Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<TEmbedding>());

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // There is nothing to release.
    }
}
