using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Cost.Pricing;
using AiObs.Hosting;
using AiObs.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiObs;

/// <summary>Adds to what <c>services.AddAgentObservability()</c> or <see cref="AgentObservability.Create"/> sets up.</summary>
public sealed partial class AgentObservabilityBuilder
{
    internal AgentObservabilityBuilder(IServiceCollection services) => Services = services;

    /// <summary>Gets the services that the root is built from.</summary>
    public IServiceCollection Services { get; }

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

    /// <summary>Prices every model call that the root observes, keeps the records and holds calls to their budgets. Calling it twice is harmless.</summary>
    /// <param name="configure">What to set; runs after the section <c>AgentObservability:Costs</c> of the configuration, where there is one.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// The services then hold <see cref="CostTracking"/>, <see cref="CostAccumulator"/>, <see cref="ICostRecorder"/> and <see cref="ICostStore"/>,
    /// which keeps records in memory unless the application registers one of its own. <see cref="IPricingProvider"/>s among the services are asked for prices.
    /// </remarks>
    public AgentObservabilityBuilder AddCostTracking(Action<CostTrackingOptions>? configure = null)
    {
        CostRegistration.Add(Services);
        if (configure is not null)
        {
            Services.Configure(configure);
        }

        return this;
    }

    /// <summary>
    /// Observes every <c>IChatClient</c> and <c>IEmbeddingGenerator&lt;,&gt;</c> that is registered so far, with or without a key. Call it last.
    /// Calling it again observes what came after the first call.
    /// </summary>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// Lifetimes stay, and so does who disposes a client. The span stands outside of the whole registered pipeline; where that pipeline
    /// has a function loop, put <c>UseAgentObservability()</c> inside the loop instead: clients that are observed already are left as they are.
    /// What is registered later, and open generic registrations, are not observed; the host warns of each when it starts.
    /// </remarks>
    public AgentObservabilityBuilder ObserveChatClients()
    {
        ClientRegistrations.Decorate(Services);
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistrationCheck>(
            provider => new RegistrationCheck(Services, AgentObservability.LoggerOf(provider.GetService<ILoggerFactory>()))));
        return this;
    }
}
