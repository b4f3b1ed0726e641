using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>An embedding generator that somebody else disposes.</summary>
internal sealed class BorrowedEmbeddingGenerator<TInput, TEmbedding>(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator)
    : DelegatingEmbeddingGenerator<TInput, TEmbedding>(innerGenerator)
    where TEmbedding : Embedding
{
    // Whoever made the inner one disposes it: the application, or the container itself.
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}
