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
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(AgentObservability)) == true)
        {
            return services.GetRequiredService<IOptionsMonitor<AgentObservabilityOptions>>().CurrentValue;
        }

        var options = new AgentObservabilityOptions();
        services.GetService<IConfiguration>()?.GetSection(AgentObservabilityOptions.SectionName).Bind(options);
        return options;
    }
}
