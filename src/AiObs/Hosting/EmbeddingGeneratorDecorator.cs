using AiObs.Embeddings;
using Microsoft.Extensions.AI;

namespace AiObs.Hosting;

/// <summary>Puts observation on embedding generators of one closed type.</summary>
internal sealed class EmbeddingGeneratorDecorator<TInput, TEmbedding> : ClientDecorator
    where TEmbedding : Embedding
{
    public override object Decorate(object client, AgentObservability observability, bool isBorrowed)
    {
        var inner = (IEmbeddingGenerator<TInput, TEmbedding>)client;
        if (isBorrowed)
        {
            inner = new BorrowedEmbeddingGenerator<TInput, TEmbedding>(inner);
        }

        return inner.GetService<ObservingEmbeddingGenerator<TInput, TEmbedding>>() is null
            ? new ObservingEmbeddingGenerator<TInput, TEmbedding>(inner, observability, ownsObservability: false)
            : inner;
    }
}
