using AiObs;
using AiObs.Observers;
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

    /// <summary>
    /// Observes every <c>IChatClient</c> and <c>IEmbeddingGenerator&lt;,&gt;</c> that is registered so far, with or without a key. Call it last.
    /// Calling it again observes what came after the first call.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same <paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <remarks>
    /// Lifetimes stay, and so does who disposes a client. The span stands outside of the whole registered pipeline; where that pipeline
    /// has a function loop, put <c>UseAgentObservability()</c> inside the loop instead: clients that are observed already are left as they are.
    /// What is registered later, and open generic registrations, are not observed; the host warns of each when it starts.
    /// </remarks>
    public static AgentObservabilityBuilder ObserveChatClients(this AgentObservabilityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        ClientRegistrations.Decorate(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RegistrationCheck>(
            provider => new RegistrationCheck(services, GuardedLogger.Of(provider.GetService<ILoggerFactory>()))));
        return builder;
    }
}
