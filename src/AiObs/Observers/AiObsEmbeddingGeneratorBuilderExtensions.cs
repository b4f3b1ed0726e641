using AiObs;
using AiObs.Events;

namespace Microsoft.Extensions.AI;

/// <summary>Adds agent observability to an <see cref="EmbeddingGeneratorBuilder{TInput, TEmbedding}"/>.</summary>
public static class AiObsEmbeddingGeneratorBuilderExtensions
{
    /// <summary>Adds a stage that records every embedding call through it, with the observability of the services.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>Services without agent observability, or none at all, give spans and metrics with default options.</remarks>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((generator, services) => generator.UseAgentObservability(services, configure));
    }

    /// <summary>Adds a stage that records every embedding call through it, with the given observability.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="observability">What records the calls; it stays the caller's to dispose.</param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder,
        AgentObservability observability,
        Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observability);
        return builder.Use((generator, _) => generator.UseAgentObservability(observability, configure));
    }

    /// <summary>Adds a stage whose calls a sink of its own hears of, with the observability of the services.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="sink">The sink. The generator disposes it, once it has written what waits; a builder that builds several needs one for each.</param>
    /// <param name="configure">How events get to it.</param>
    /// <param name="name">Its name in metrics, logs and health checks; by default that of its type.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="sink"/> is <see langword="null"/>.</exception>
    /// <remarks>Right before or after <c>UseAgentObservability</c> or <c>UseCostTracking</c> it makes one observer with them, in any order. The sinks of the root receive the same events.</remarks>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseEventSink<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, IAgentEventSink sink, Action<EventSinkOptions>? configure = null, string? name = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sink);
        return builder.Use((generator, services) => generator.UseEventSink(sink, configure, name, services));
    }
}
