using AiObs;
using AiObs.Cost;
using AiObs.Embeddings;

namespace Microsoft.Extensions.AI;

/// <summary>Puts observation on embedding generators.</summary>
public static class AiObsEmbeddingGeneratorExtensions
{
    /// <summary>Observes every request of a generator: one embedding span per request, in both conventions, with metrics.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator; place this next to the model, inside of caches, so that only real requests get a span.</param>
    /// <param name="services">Where the application's <see cref="AgentObservability"/> comes from; without one, a default is made for this generator and disposed with it.</param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>The observed generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        IServiceProvider? services = null,
        Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        var (observability, isOwned) = AgentObservability.For(services, configure);
        return new ObservingEmbeddingGenerator<TInput, TEmbedding>(generator, observability, isOwned);
    }

    /// <summary>Observes every request of a generator with options of its own, without any container.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The observed generator.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator, Action<AgentObservabilityOptions> configure)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(configure);
        return generator.UseAgentObservability(services: null, configure);
    }

    /// <summary>Observes every request of a generator with a given root.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="configure">Changes a copy of the root's options, for this generator alone.</param>
    /// <returns>The observed generator.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        AgentObservability observability,
        Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(observability);
        var own = observability.With(configure);
        return new ObservingEmbeddingGenerator<TInput, TEmbedding>(generator, own, ownsObservability: !ReferenceEquals(own, observability));
    }

    /// <summary>Prices every request of a generator and holds it to the budgets: one cost record per request, the amount on its span.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator; observed or not, further in or further out.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="generator"/> is observed already and so has one;
    /// without either, a default is made for this generator and disposed with it.
    /// </param>
    /// <param name="configure">
    /// Changes a copy of the options, for this generator alone: it then has budgets and prices of its own, and shares only store and totals with the root.
    /// </param>
    /// <returns>The generator with cost tracking.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        IServiceProvider? services = null,
        Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        return new CostTrackingEmbeddingGenerator<TInput, TEmbedding>(
            generator, CostClientParts.For(generator.GetService<AgentObservability>(), services, configure));
    }

    /// <summary>Prices every request of a generator with options of its own, without any container.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The generator with cost tracking.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator, Action<CostTrackingOptions> configure)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(configure);
        return generator.UseCostTracking(services: null, configure);
    }

    /// <summary>Prices every request of a generator with a given root.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="configure">Changes a copy of the root's options, for this generator alone.</param>
    /// <returns>The generator with cost tracking.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        AgentObservability observability,
        Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(observability);
        return new CostTrackingEmbeddingGenerator<TInput, TEmbedding>(
            generator, CostClientParts.For(observability, services: null, configure));
    }
}
