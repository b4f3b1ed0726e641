using AiObs.Embeddings;
using AiObs.Pipeline;
using Microsoft.Extensions.AI;

namespace AiObs.Observers;

/// <summary>Puts observation on embedding generators.</summary>
internal static class EmbeddingObserver
{
    /// <inheritdoc cref="ChatObserver.Observe"/>
    /// <param name="generator">The generator.</param>
    /// <param name="request">What the line asks for.</param>
    /// <param name="isBorrowed">Whether somebody else disposes the generator.</param>
    public static IEmbeddingGenerator<TInput, TEmbedding> Observe<TInput, TEmbedding>(
        IEmbeddingGenerator<TInput, TEmbedding> generator, ObserverRequest request, bool isBorrowed = false)
        where TEmbedding : Embedding
    {
        var inside = ObservingEmbeddingGenerator<TInput, TEmbedding>.FindIn(generator);
        var neighbour = generator as ObservingEmbeddingGenerator<TInput, TEmbedding>;
        var site = new ObserverSite(
            (neighbour?.Inner ?? generator).GetType().Name.Split('`')[0],
            IsObserver: neighbour is not null && ReferenceEquals(neighbour, inside),
            IsCached: ClientServices.Ask(generator, static generator => generator.GetService<CachingEmbeddingGenerator<TInput, TEmbedding>>()) is not null,
            ClientServices.Ask(generator, static generator => generator.GetService<AgentObservability>()));
        if (ObserverRules.Decide(request, inside?.Parts as ObserverParts, site) is not { } parts)
        {
            return isBorrowed ? new BorrowedEmbeddingGenerator<TInput, TEmbedding>(generator) : generator;
        }

        var joins = site.IsObserver && parts.Requests.Count > 1;
        return new ObservingEmbeddingGenerator<TInput, TEmbedding>(
            joins ? neighbour!.Inner : generator, parts.Observability.Pipeline, parts, isBorrowed ? null : generator);
    }
}
