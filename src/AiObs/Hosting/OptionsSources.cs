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
        try
        {
            configuration?.GetSection(AgentObservabilityOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException(
                $"Configuration section '{AgentObservabilityOptions.SectionName}' has a value that cannot be read: {exception.Message} "
                + "Flags are true or false; CaptureContent is None, Spans, Events or All; Conventions is GenAI, OpenInference, All or None; "
                + "GenAIProfile is V1_41 or Latest; lists of RedactionRules are separated by commas.",
                exception);
        }
    }
}
