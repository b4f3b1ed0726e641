using AiObs.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.OpenTelemetry;

/// <summary>Reads what the services of a provider say about AiObs.</summary>
internal static class ObservabilityInServices
{
    /// <summary>Returns the options of the root in these services; without one, what the configuration says and the defaults for the rest.</summary>
    public static AgentObservabilityOptions Read(IServiceProvider services)
    {
        if (HasRoot(services))
        {
            return services.GetRequiredService<IOptionsMonitor<AgentObservabilityOptions>>().CurrentValue;
        }

        var options = new AgentObservabilityOptions();
        ConfiguredOptions.Read(
            services.GetService<IConfiguration>(),
            AgentObservabilityOptions.SectionName,
            options,
            static (section, options) => section.Bind(options),
            OptionsSources.Allowed);
        return options;
    }

    /// <summary>Returns the root in these services; <see langword="null"/> without one.</summary>
    public static AgentObservability? Find(IServiceProvider services) =>
        HasRoot(services) ? services.GetRequiredService<AgentObservability>() : null;

    /// <summary>Returns the names of the sources and meters of the roots with a name in these services.</summary>
    public static IEnumerable<string> SourcesOfNamedRoots(IServiceProvider services) => services.GetServices<NamedRoot>()
        .Select(root => services.GetRequiredKeyedService<AgentObservability>(root.Name).Pipeline.Source.Name);

    private static bool HasRoot(IServiceProvider services) =>
        services.GetService<IServiceProviderIsService>()?.IsService(typeof(AgentObservability)) == true;
}
