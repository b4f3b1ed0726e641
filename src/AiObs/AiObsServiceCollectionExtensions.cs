using AiObs;
using AiObs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds agent observability to a container.</summary>
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
        if (!services.Any(static service => service.ServiceType == typeof(AgentObservability)))
        {
            AddCore(services);
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new AgentObservabilityBuilder(services);
    }

    private static void AddCore(IServiceCollection services)
    {
        // First of all, so that whatever the application configures comes after, wherever it does so.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<AgentObservabilityOptions>>(static provider =>
            new OptionsSources(provider.GetService<IConfiguration>(), Environment.GetEnvironmentVariable)));
        services.AddSingleton<IValidateOptions<AgentObservabilityOptions>, AgentObservabilityOptionsValidator>();
        services.AddOptions<AgentObservabilityOptions>().ValidateOnStart();
        EventRegistration.Add(services);
        services.AddSingleton<RootFactory>();
        services.AddSingleton(static provider => provider.GetRequiredService<RootFactory>().Create(provider));
        services.AddSingleton(static provider => provider.GetRequiredService<AgentObservability>().Events);
    }
}
