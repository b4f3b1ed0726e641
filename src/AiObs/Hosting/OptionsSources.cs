using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AiObs.Hosting;

/// <summary>Sets options from what stands outside of the code: the environment first, then the configuration section, which wins.</summary>
internal sealed class OptionsSources(IConfiguration? configuration, Func<string, string?> readEnvironment)
    : IConfigureOptions<AgentObservabilityOptions>
{
    /// <summary>What may stand in the section.</summary>
    public const string Allowed =
        "Flags are true or false; CaptureContent is None, Spans, Events or All; Conventions is GenAI, OpenInference, All or None; "
        + "GenAIProfile is V1_41 or Latest; lists of RedactionRules are separated by commas.";

    public void Configure(AgentObservabilityOptions options)
    {
        EnvironmentDefaults.Apply(options, readEnvironment);
        ConfiguredOptions.Read(configuration, AgentObservabilityOptions.SectionName, options, static (section, options) => section.Bind(options), Allowed);
    }
}
