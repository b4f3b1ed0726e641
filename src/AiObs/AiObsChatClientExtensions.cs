using AiObs;
using AiObs.Chat;
using AiObs.Cost;

namespace Microsoft.Extensions.AI;

/// <summary>Puts observation on chat clients.</summary>
public static class AiObsChatClientExtensions
{
    /// <summary>Observes every call of a client: one model span per call, in both conventions, with metrics.</summary>
    /// <param name="client">The client; place this next to the model, inside of function invocation, so that each round trip gets its span.</param>
    /// <param name="services">Where the application's <see cref="AgentObservability"/> comes from; without one, a default is made for this client and disposed with it.</param>
    /// <param name="configure">Changes a copy of the options, for this client alone.</param>
    /// <returns>The observed client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgentObservability(
        this IChatClient client, IServiceProvider? services = null, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        var (observability, isOwned) = AgentObservability.For(services, configure);
        return new ObservingChatClient(client, observability, isOwned);
    }

    /// <summary>Observes every call of a client with options of its own, without any container.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The observed client.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgentObservability(this IChatClient client, Action<AgentObservabilityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return client.UseAgentObservability(services: null, configure);
    }

    /// <summary>Observes every call of a client with a given root.</summary>
    /// <param name="client">The client.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="configure">Changes a copy of the root's options, for this client alone.</param>
    /// <returns>The observed client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgentObservability(
        this IChatClient client, AgentObservability observability, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(observability);
        var own = observability.With(configure);
        return new ObservingChatClient(client, own, ownsObservability: !ReferenceEquals(own, observability));
    }

    /// <summary>Runs a client as an agent: one agent span around the tool loop, and a tool span for each function it runs.</summary>
    /// <param name="client">The client; place this outside of function invocation.</param>
    /// <param name="name">The agent's name, of low cardinality.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="client"/> is observed already and so has one;
    /// without either, a default is made for this client and disposed with it.
    /// </param>
    /// <param name="configure">Says more of the agent.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgent(
        this IChatClient client, string name, IServiceProvider? services = null, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);

        // What was configured for the model calls inside holds for the tools around them too.
        var (observability, isOwned) = client.GetService<AgentObservability>() is { } inner ? (inner, false) : AgentObservability.For(services, configure: null);
        return new AgentChatClient(client, name, AgentOptions.Create(configure), observability, isOwned);
    }

    /// <summary>Runs a client as an agent, with a given root.</summary>
    /// <param name="client">The client; place this outside of function invocation.</param>
    /// <param name="name">The agent's name, of low cardinality.</param>
    /// <param name="observability">The root; the caller disposes it.</param>
    /// <param name="configure">Says more of the agent.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgent(
        this IChatClient client, string name, AgentObservability observability, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(observability);
        return new AgentChatClient(client, name, AgentOptions.Create(configure), observability, ownsObservability: false);
    }

    /// <summary>Prices every call of a client and holds it to the budgets: one cost record per model call, the amount on its span.</summary>
    /// <param name="client">The client; observed or not, further in or further out. A function loop inside of it leaves a record for each round where its model calls are observed.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="client"/> is observed already and so has one;
    /// without either, a default is made for this client and disposed with it.
    /// </param>
    /// <param name="configure">
    /// Changes a copy of the options, for this client alone: it then has budgets and prices of its own, and shares only store and totals with the root.
    /// </param>
    /// <returns>The client with cost tracking.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseCostTracking(
        this IChatClient client, IServiceProvider? services = null, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return new CostTrackingChatClient(client, CostClientParts.For(client.GetService<AgentObservability>(), services, configure));
    }

    /// <summary>Prices every call of a client with options of its own, without any container.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The client with cost tracking.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
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
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseCostTracking(
        this IChatClient client, AgentObservability observability, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(observability);
        return new CostTrackingChatClient(client, CostClientParts.For(observability, services: null, configure));
    }
}
