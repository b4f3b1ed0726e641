using AiObs;
using AiObs.Observers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds agent observability to a container, and to the clients that it has.</summary>
public static class AiObsServiceCollectionExtensions
{
    /// <summary>Adds the <see cref="AgentObservability"/> that everything observed in this application shares. Calling it twice is harmless.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">
    /// What to set; runs after the environment variables and after the section <c>AgentObservability</c> of the configuration, where there is one.
    /// </param>
    /// <returns>A builder that adds to it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <remarks>Options are validated when the host starts, or else when the first client is built.</remarks>
    public static AgentObservabilityBuilder AddAgentObservability(
        this IServiceCollection services, Action<AgentObservabilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        RootRegistration.Add(services);
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new AgentObservabilityBuilder(services);
    }

    /// <summary>Adds a root beside others, such as one for each tenant, with options, sinks, stores, prices and budgets of its own.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the root: <c>provider.GetRequiredKeyedService&lt;AgentObservability&gt;(name)</c>. Hand that to <c>UseAgentObservability(root)</c>.</param>
    /// <param name="configure">
    /// Sets up the root when it is first asked for, or when the host starts: its builder, and the services of the application to take from. It must not ask these for a client that the root observes.
    /// </param>
    /// <returns>The same <paramref name="services"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or has a colon.</exception>
    /// <exception cref="InvalidOperationException">A root of this name was added before.</exception>
    /// <remarks>
    /// Its section of the configuration is <c>AgentObservability:Roots:{name}</c>, which has what the section <c>AgentObservability</c> has for the root without a name; nothing is
    /// inherited from there. Its activity source and meter are called <c>AiObs.{name}</c> unless the options say otherwise. Whatever its builder adds, such as <c>IEventLog</c>, stands in services of its own:
    /// <c>provider.GetRequiredKeyedService&lt;IServiceProvider&gt;(name)</c>. It is disposed with the container.
    /// </remarks>
    public static IServiceCollection AddAgentObservability(
        this IServiceCollection services, string name, Action<AgentObservabilityBuilder, IServiceProvider>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal))
        {
            throw new ArgumentException("The name of a root stands in the configuration and cannot have a colon.", nameof(name));
        }

        new NamedRoot(name, configure).AddTo(services);
        return services;
    }

    /// <summary>
    /// Observes every <c>IChatClient</c> and <c>IEmbeddingGenerator&lt;,&gt;</c> that is registered so far, with or without a key. Call it last.
    /// Calling it again observes what came after the first call.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The builder is that of a root with a name, which observes the clients that it is handed to.</exception>
    /// <remarks>
    /// Lifetimes stay, and so does who disposes a client. The span stands outside of the whole registered pipeline; where that pipeline
    /// has a function loop, put <c>UseAgentObservability()</c> inside the loop instead: clients that are observed already are left as they are.
    /// The host says so once when it starts, with that line. What is registered later, and open generic registrations, are not observed; the host warns of each.
    /// </remarks>
    public static AgentObservabilityBuilder ObserveChatClients(this AgentObservabilityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (builder.IsOfNamedRoot)
        {
            throw new InvalidOperationException(
                "A root with a name has no clients of its own to observe. Hand it to the client: UseAgentObservability(provider.GetRequiredKeyedService<AgentObservability>(name)).");
        }

        ClientRegistrations.Decorate(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistrationCheck>(
            provider => new RegistrationCheck(services, GuardedLogger.Of(provider.GetService<ILoggerFactory>()))));
        return builder;
    }
}
