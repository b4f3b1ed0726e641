using AiObs.Events.Raising;
using AiObs.Hosting;
using AiObs.Pipeline;
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
        AddDoctor(services);
        services.AddSingleton(static provider => provider.GetRequiredService<RootFactory>().Create(provider));
        services.AddSingleton(static provider => provider.GetRequiredService<AgentObservability>().Events);
    }

    private static void AddDoctor(IServiceCollection services)
    {
        services.TryAddSingleton(static provider => new Doctor(provider.GetServices<IDoctorCheck>(), provider.GetService<TimeProvider>()));
        services.AddSingleton<IDoctorCheck>(static provider => new CallsCheck(CoreOf(provider).Counts));
        services.AddSingleton<IDoctorCheck>(static provider => new ClientsCheck(CoreOf(provider).Warnings));
        services.AddSingleton<IDoctorCheck>(static provider => new ListenersCheck(CoreOf(provider)));
        services.AddSingleton<IDoctorCheck>(static provider => new ContentCheck(provider.GetRequiredService<IOptions<AgentObservabilityOptions>>().Value));
        services.AddSingleton<IDoctorCheck>(static provider => new EventSinksCheck(provider.GetRequiredService<AgentObservability>().Events));
    }

    private static ObservabilityCore CoreOf(IServiceProvider provider) => provider.GetRequiredService<AgentObservability>().Core;
}
