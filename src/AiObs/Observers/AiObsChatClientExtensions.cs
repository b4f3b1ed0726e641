using AiObs;
using AiObs.Chat;
using AiObs.Events;
using AiObs.Observers;
using AiObs.Pipeline;

namespace Microsoft.Extensions.AI;

/// <summary>Puts observation on chat clients and their builders.</summary>
public static class AiObsChatClientExtensions
{
    /// <summary>Observes every call of a client: one model span per call, in both conventions, with metrics.</summary>
    /// <param name="client">The client; place this next to the model, inside of function invocation, so that each round trip gets its span.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="client"/> has one already;
    /// without either, a default is made for this client and disposed with it.
    /// </param>
    /// <param name="configure">Changes a copy of the options, for this client alone.</param>
    /// <returns>
    /// The observed client. Right around another <c>UseAgentObservability</c>, <c>UseCostTracking</c> or <c>UseEventSink</c> it is one observer with
    /// the options of all, whichever comes first. Where the calls are observed further inside and nothing is to be added, it is <paramref name="client"/> itself.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgentObservability(
        this IChatClient client, IServiceProvider? services = null, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ChatObserver.Observe(
            client, new ObserverRequest(nameof(UseAgentObservability)) { Services = services, Options = configure });
    }

    /// <summary>Observes every call of a client with options of its own, without any container.</summary>
    /// <param name="client">The client.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The observed client.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <remarks>
    /// Unless the client has one already, this makes a root for it that knows nothing of a container: what <c>services.AddAgentObservability()</c> sets up, such as
    /// <c>AddCostTracking()</c>, its budgets, sinks and stores, does not apply. In an application with a container, pass its services too:
    /// <c>client.UseAgentObservability(services, o => …)</c>.
    /// </remarks>
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
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    public static IChatClient UseAgentObservability(
        this IChatClient client, AgentObservability observability, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(observability);
        return ChatObserver.Observe(
            client, new ObserverRequest(nameof(UseAgentObservability)) { Given = observability, Options = configure });
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
        var (observability, isOwned) = ClientServices.Ask(client, static client => client.GetService<AgentObservability>()) is { } inner
            ? (inner, false)
            : AgentObservability.For(services, configure: null);
        return new AgentChatClient(client, name, AgentOptions.Create(configure), observability.Pipeline, isOwned ? observability : null);
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
        return new AgentChatClient(client, name, AgentOptions.Create(configure), observability.Pipeline, owned: null);
    }

    /// <summary>Adds a sink that hears of this client alone: of its calls, what they cost and what budgets refuse.</summary>
    /// <param name="client">The client; place this next to the model, inside of function invocation, so that each round trip has its events.</param>
    /// <param name="sink">The sink. The client disposes it, once it has written what waits.</param>
    /// <param name="configure">How events get to it.</param>
    /// <param name="name">Its name in metrics, logs and health checks; by default that of its type.</param>
    /// <param name="services">
    /// Where the application's <see cref="AgentObservability"/> comes from, unless <paramref name="client"/> has one already;
    /// without either, a default is made for this client and disposed with it.
    /// </param>
    /// <returns>
    /// The client with the sink, which is observed too. Right around another <c>UseAgentObservability</c>, <c>UseCostTracking</c> or <c>UseEventSink</c> it is
    /// one observer with the options of all, whichever comes first.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="client"/> or <paramref name="sink"/> is <see langword="null"/>.</exception>
    /// <exception cref="Options.OptionsValidationException">An option has a value that it cannot have.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model calls are observed further inside already, with other clients between, so that what is asked for here would have no effect; the message says which line to move.
    /// </exception>
    /// <remarks>
    /// The sinks of the root receive the same events. What was said is on an event only where <see cref="AgentObservabilityOptions.CaptureContent"/> has
    /// <see cref="ContentCapture.Events"/>. An agent around this client (<c>UseAgent</c>) tells the sink of its tools as well.
    /// </remarks>
    public static IChatClient UseEventSink(
        this IChatClient client,
        IAgentEventSink sink,
        Action<EventSinkOptions>? configure = null,
        string? name = null,
        IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(sink);
        return ChatObserver.Observe(
            client, new ObserverRequest(nameof(UseEventSink)) { Services = services, Sink = new ClientSink(sink, configure, name) });
    }

    /// <summary>Adds a stage that records every model call through it, with the observability of the services.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="configure">Changes a copy of the options, for this client alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>Services without agent observability, or none at all, give spans and metrics with default options.</remarks>
    public static ChatClientBuilder UseAgentObservability(
        this ChatClientBuilder builder, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((client, services) => client.UseAgentObservability(services, configure));
    }

    /// <summary>Adds a stage that records every model call through it, with the given observability.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="observability">What records the calls; it stays the caller's to dispose.</param>
    /// <param name="configure">Changes a copy of the options, for this client alone.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    public static ChatClientBuilder UseAgentObservability(
        this ChatClientBuilder builder, AgentObservability observability, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(observability);
        return builder.Use((client, _) => client.UseAgentObservability(observability, configure));
    }

    /// <summary>Adds a stage that opens an agent span around all inside it, with the observability of the services.</summary>
    /// <param name="builder">The pipeline under construction; add this stage before the one that invokes functions.</param>
    /// <param name="name">The agent's name, as traces show it.</param>
    /// <param name="configure">Describes the agent further.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <remarks>Services without agent observability, or none at all, give spans and metrics with default options.</remarks>
    public static ChatClientBuilder UseAgent(this ChatClientBuilder builder, string name, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return builder.Use((client, services) => client.UseAgent(name, services, configure));
    }

    /// <summary>Adds a stage that opens an agent span around all inside it, with the given observability.</summary>
    /// <param name="builder">The pipeline under construction; add this stage before the one that invokes functions.</param>
    /// <param name="name">The agent's name, as traces show it.</param>
    /// <param name="observability">What records the calls; it stays the caller's to dispose.</param>
    /// <param name="configure">Describes the agent further.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="observability"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static ChatClientBuilder UseAgent(
        this ChatClientBuilder builder, string name, AgentObservability observability, Action<AgentOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(observability);
        return builder.Use((client, _) => client.UseAgent(name, observability, configure));
    }

    /// <summary>Adds a stage whose calls a sink of its own hears of, with the observability of the services.</summary>
    /// <param name="builder">The pipeline under construction; stages added earlier stand outside this one.</param>
    /// <param name="sink">The sink. The client disposes it, once it has written what waits; a builder that builds several needs one for each.</param>
    /// <param name="configure">How events get to it.</param>
    /// <param name="name">Its name in metrics, logs and health checks; by default that of its type.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="sink"/> is <see langword="null"/>.</exception>
    /// <remarks>Right before or after <c>UseAgentObservability</c> or <c>UseCostTracking</c> it makes one observer with them, in any order. The sinks of the root receive the same events.</remarks>
    public static ChatClientBuilder UseEventSink(
        this ChatClientBuilder builder, IAgentEventSink sink, Action<EventSinkOptions>? configure = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sink);
        return builder.Use((client, services) => client.UseEventSink(sink, configure, name, services));
    }
}
