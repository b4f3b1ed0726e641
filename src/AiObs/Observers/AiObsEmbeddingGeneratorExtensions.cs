using AiObs;
using AiObs.Events;
using AiObs.Observers;

namespace Microsoft.Extensions.AI;

/// <summary>Puts observation on embedding generators and their builders.</summary>
public static class AiObsEmbeddingGeneratorExtensions
{
    /// <summary>Observes every request of a generator: one embedding span per request, in both conventions, with metrics.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator; place this next to the model, inside of caches, so that only real requests get a span.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="generator"/> has one already;
    /// without either, a default is made for this generator and disposed with it.
    /// </param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>
    /// The observed generator. Right around another <c>UseAgentObservability</c>, <c>UseCostTracking</c> or <c>UseEventSink</c> it is one observer with
    /// the options of all, whichever comes first. Where the requests are observed further inside and nothing is to be added, it is <paramref name="generator"/> itself.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        IServiceProvider? services = null,
        Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        return EmbeddingObserver.Observe(
            generator, new ObserverRequest(nameof(UseAgentObservability)) { Services = services, Options = configure });
    }

    /// <summary>Observes every request of a generator with options of its own, without any container.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The observed generator.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
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
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseAgentObservability<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        AgentObservability observability,
        Action<AgentObservabilityOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(observability);
        return EmbeddingObserver.Observe(
            generator, new ObserverRequest(nameof(UseAgentObservability)) { Given = observability, Options = configure });
    }

    /// <summary>Adds a sink that hears of this generator alone: of its requests, what they cost and what budgets refuse.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="sink">The sink. The generator disposes it, once it has written what waits.</param>
    /// <param name="configure">How events get to it.</param>
    /// <param name="name">Its name in metrics, logs and health checks; by default that of its type.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="generator"/> has one already;
    /// without either, a default is made for this generator and disposed with it.
    /// </param>
    /// <returns>
    /// The generator with the sink, which is observed too. Right around another <c>UseAgentObservability</c>, <c>UseCostTracking</c> or <c>UseEventSink</c> it is
    /// one observer with the options of all, whichever comes first.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> or <paramref name="sink"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <remarks>The sinks of the root receive the same events.</remarks>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseEventSink<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        IAgentEventSink sink,
        Action<EventSinkOptions>? configure = null,
        string? name = null,
        IServiceProvider? services = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(sink);
        return EmbeddingObserver.Observe(
            generator, new ObserverRequest(nameof(UseEventSink)) { Services = services, Sink = new ClientSink(sink, configure, name) });
    }

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
