using AiObs.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Hosting;

/// <summary>Sets options from what stands outside of the code: the environment first, then the configuration section, which wins.</summary>
internal sealed class OptionsSources(IConfiguration? configuration, Func<string, string?> readEnvironment)
    : IConfigureOptions<AgentObservabilityOptions>
{
    public void Configure(AgentObservabilityOptions options)
    {
        EnvironmentDefaults.Apply(options, readEnvironment);
        configuration?.GetSection(AgentObservabilityOptions.SectionName).Bind(options);
    }
}
