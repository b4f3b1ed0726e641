using AiObs;
using AiObs.Cost;
using AiObs.Observers;

namespace Microsoft.Extensions.AI;

/// <summary>Adds cost tracking to chat clients, embedding generators and their builders.</summary>
public static class AiObsCostTrackingExtensions
{
    /// <summary>Prices every call of a client and holds it to the budgets: one cost record per model call, the amount on its span.</summary>
    /// <param name="client">The client; place this next to the model, inside of function invocation, so that each round trip gets its record.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="client"/> is observed already and so has one;
    /// without either, a default is made for this client and disposed with it.
    /// </param>
    /// <param name="configure">
    /// Changes a copy of the options, for this client alone: it then has budgets and prices of its own, and shares only store and totals with the root.
    /// </param>
    /// <returns>
    /// The client with cost tracking, which is observed too. Right around another <c>UseAgentObservability</c>, <c>UseCostTracking</c> or <c>UseEventSink</c> it is
    /// one observer with the options of all, whichever comes first. Where the calls are priced further inside already, it is <paramref name="client"/> itself.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseCostTracking(
        this IChatClient client, IServiceProvider? services = null, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ChatObserver.Observe(
            client, new ObserverRequest(nameof(UseCostTracking)) { Services = services, Gate = new CostGateRequest(configure) });
    }

    /// <summary>Prices every call of a client with options of its own, without any container.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The client with cost tracking.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseCostTracking(this IChatClient client, Action<CostTrackingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return client.UseCostTracking(services: null, configure);
    }

    /// <summary>Prices every call of a client with a given root.</summary>
    /// <param name="client">The client.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="configure">Changes a copy of the root's options, for this client alone.</param>
    /// <returns>The client with cost tracking.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseCostTracking(
        this IChatClient client, AgentObservability observability, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(observability);
        return ChatObserver.Observe(
            client, new ObserverRequest(nameof(UseCostTracking)) { Given = observability, Gate = new CostGateRequest(configure) });
    }

    /// <summary>Adds a stage that prices every model call through it and holds it to the budgets, with the observability of the services.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="configure">Changes a copy of the options, for this client alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>Right before or after <c>UseAgentObservability</c> it makes one observer with it, in any order. Services without agent observability, or none at all, give default options.</remarks>
    public static ChatClientBuilder UseCostTracking(this ChatClientBuilder builder, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((client, services) => client.UseCostTracking(services, configure));
    }

    /// <summary>Adds a stage that prices every model call through it and holds it to the budgets, with the given observability.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="observability">What prices the calls; it stays the caller's to dispose.</param>
    /// <param name="configure">Changes a copy of the options, for this client alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    public static ChatClientBuilder UseCostTracking(
        this ChatClientBuilder builder, AgentObservability observability, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observability);
        return builder.Use((client, _) => client.UseCostTracking(observability, configure));
    }

    /// <summary>Prices every request of a generator and holds it to the budgets: one cost record per request, the amount on its span.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator; place this next to the model, inside of caches, so that only real requests are priced.</param>
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
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        IServiceProvider? services = null,
        Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        return EmbeddingObserver.Observe(
            generator, new ObserverRequest(nameof(UseCostTracking)) { Services = services, Gate = new CostGateRequest(configure) });
    }

    /// <summary>Prices every request of a generator with options of its own, without any container.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The generator with cost tracking.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
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
    /// <exception cref="InvalidOperationException">
    /// The requests are observed further inside already, with other generators between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        AgentObservability observability,
        Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(observability);
        return EmbeddingObserver.Observe(
            generator, new ObserverRequest(nameof(UseCostTracking)) { Given = observability, Gate = new CostGateRequest(configure) });
    }

    /// <summary>Adds a stage that prices every embedding call through it and holds it to the budgets, with the observability of the services.</summary>
    /// <typeparam name="TInput">What is embedded.</typeparam>
    /// <typeparam name="TEmbedding">The kind of embedding made of it.</typeparam>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="configure">Changes a copy of the options, for this generator alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>Right before or after <c>UseAgentObservability</c> it makes one observer with it, in any order. Services without agent observability, or none at all, give default options.</remarks>
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
