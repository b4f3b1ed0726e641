using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>Puts observation on embedding generators of one closed type.</summary>
internal sealed class EmbeddingGeneratorDecorator<TInput, TEmbedding> : ClientDecorator
    where TEmbedding : Embedding
{
    public override object Decorate(object client, ObserverRequest request, bool isBorrowed) =>
        EmbeddingObserver.Observe((IEmbeddingGenerator<TInput, TEmbedding>)client, request, isBorrowed);
}
