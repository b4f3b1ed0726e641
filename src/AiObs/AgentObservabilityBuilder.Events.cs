using System.Diagnostics.CodeAnalysis;
using AiObs.Events;
using AiObs.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AiObs;

/// <content>Events and their sinks.</content>
public sealed partial class AgentObservabilityBuilder
{
    /// <summary>Changes which events are raised, and what all of them pass through.</summary>
    /// <param name="configure">The change; runs after the section <see cref="EventOptions.SectionName"/> of the configuration, where there is one.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public AgentObservabilityBuilder ConfigureEvents(Action<EventOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Adds a sink for events.</summary>
    /// <typeparam name="TSink">The sink; one instance is made, with services injected, and disposed with the container.</typeparam>
    /// <param name="configure">How events get to it; runs after its section of the configuration, where there is one.</param>
    /// <param name="name">Its name in configuration, metrics, logs and health checks; by default that of its type.</param>
    /// <returns>This builder.</returns>
    public AgentObservabilityBuilder AddEventSink<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSink>(
        Action<EventSinkOptions>? configure = null, string? name = null)
        where TSink : class, IAgentEventSink
    {
        Services.TryAddSingleton<TSink>();
        return AddEventSink(static provider => provider.GetRequiredService<TSink>(), name ?? typeof(TSink).Name, configure);
    }

    /// <summary>Adds a sink for events.</summary>
    /// <param name="sink">The sink; the application disposes it.</param>
    /// <param name="configure">How events get to it; runs after its section of the configuration, where there is one.</param>
    /// <param name="name">Its name in configuration, metrics, logs and health checks; by default that of its type.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sink"/> is <see langword="null"/>.</exception>
    public AgentObservabilityBuilder AddEventSink(IAgentEventSink sink, Action<EventSinkOptions>? configure = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return AddEventSink(_ => sink, name ?? sink.GetType().Name, configure);
    }

    /// <summary>Adds a sink for events.</summary>
    /// <param name="create">Finds the sink among the services; who made it disposes it.</param>
    /// <param name="name">Its name in configuration, metrics, logs and health checks.</param>
    /// <param name="configure">How events get to it; runs after its section of the configuration, where there is one.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="create"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public AgentObservabilityBuilder AddEventSink(
        Func<IServiceProvider, IAgentEventSink> create, string name, Action<EventSinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        EventRegistration.AddSink(Services, create, name, configure);
        return this;
    }
}
