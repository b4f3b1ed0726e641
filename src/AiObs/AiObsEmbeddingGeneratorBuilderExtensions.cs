using AiObs;
using AiObs.Cost;

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

    /// <summary>Adds a stage that prices every embedding call through it and holds it to the budgets, with the observability of the services.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>The order of this stage and <c>UseAgentObservability</c> does not matter. Services without agent observability, or none at all, give default options.</remarks>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((generator, services) => generator.UseCostTracking(services, configure));
    }

    /// <summary>Adds a stage that prices every embedding call through it and holds it to the budgets, with the given observability.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="observability">What prices the calls; it stays the caller's to dispose.</param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder,
        AgentObservability observability,
        Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observability);
        return builder.Use((generator, _) => generator.UseCostTracking(observability, configure));
    }
}
