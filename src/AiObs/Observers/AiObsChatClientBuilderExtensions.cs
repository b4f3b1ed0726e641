using AiObs;
using AiObs.Events;

namespace Microsoft.Extensions.AI;

/// <summary>Adds agent observability to a <see cref="ChatClientBuilder"/>.</summary>
public static class AiObsChatClientBuilderExtensions
{
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
