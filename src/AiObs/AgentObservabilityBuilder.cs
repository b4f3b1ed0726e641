using AiObs.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs;

/// <summary>Adds to what <c>services.AddAgentObservability()</c> or <see cref="AgentObservability.Create"/> sets up.</summary>
public sealed partial class AgentObservabilityBuilder
{
    internal AgentObservabilityBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services that the root is built from.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets or sets a value indicating whether the services are those of a root with a name, and not the application's.</summary>
    internal bool IsOfNamedRoot { get; set; }

    /// <summary>Changes the options; runs after the environment and the configuration section.</summary>
    /// <param name="configure">The change.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is <see langword="null"/>.</exception>
    public AgentObservabilityBuilder Configure(Action<AgentObservabilityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.Configure(configure);
        return this;
    }

    /// <summary>Adds an observer, which hears of every operation.</summary>
    /// <param name="observer">The observer; the application disposes it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is <see langword="null"/>.</exception>
    public AgentObservabilityBuilder AddObserver(IOperationObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Services.AddSingleton(observer);
        return this;
    }

    /// <summary>Adds a gate, which every model call that the root observes has to pass.</summary>
    /// <param name="gate">The gate; the application disposes it. Several are asked in the order in which they are added, after the budgets.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gate"/> is <see langword="null"/>.</exception>
    public AgentObservabilityBuilder AddCallGate(ICallGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        Services.AddSingleton(gate);
        return this;
    }
}
