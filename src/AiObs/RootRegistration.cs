using AiObs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>The services of a root, each of them once.</summary>
internal static class RootRegistration
{
    public static void Add(IServiceCollection services)
    {
        if (services.Any(static service => service.ServiceType == typeof(AgentObservability)))
        {
            return;
        }

        // First of all, so that whatever the application configures comes after, wherever it does so.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<AgentObservabilityOptions>>(static provider =>
            new OptionsSources(provider.GetService<IConfiguration>(), Environment.GetEnvironmentVariable)));
        services.AddSingleton<IValidateOptions<AgentObservabilityOptions>, AgentObservabilityOptionsValidator>();
        services.AddOptions<AgentObservabilityOptions>().ValidateOnStart();
        EventRegistration.Add(services);
        services.AddSingleton<RootFactory>();
        services.TryAddSingleton<AiObsListenersHealthCheck>();
        services.AddSingleton(static provider => provider.GetRequiredService<RootFactory>().Create(provider));
        services.AddSingleton(static provider => provider.GetRequiredService<AgentObservability>().Events);
    }
}
