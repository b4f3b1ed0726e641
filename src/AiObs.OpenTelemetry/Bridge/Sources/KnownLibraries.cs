namespace AiObs.OpenTelemetry.Bridge.Sources;

/// <summary>The libraries that write GenAI spans, as far as they are known. The first entry that matches a name holds.</summary>
internal static class KnownLibraries
{
    public static IReadOnlyList<LibrarySource> Sources { get; } =
    [
        new("Microsoft.SemanticKernel*", MeasuresCalls: false, static libraries => libraries.SemanticKernel),
        new("OpenAI.*", MeasuresCalls: true, static libraries => libraries.OpenAI),
        new("Azure.AI.Inference.*", MeasuresCalls: true, static libraries => libraries.AzureAI),
        new("Azure.AI.*", MeasuresCalls: false, static libraries => libraries.AzureAI),
        new("Experimental.Microsoft.Extensions.AI", MeasuresCalls: true, static libraries => libraries.ExtensionsAI),
        new("Experimental.Microsoft.Agents.AI", MeasuresCalls: true, static libraries => libraries.AgentFramework),
        new("Microsoft.Agents.AI.Workflows*", MeasuresCalls: false, static libraries => libraries.AgentFramework),
        new("com.anthropic.sdk.csharp", MeasuresCalls: false, static libraries => libraries.Anthropic),
        new("Experimental.ModelContextProtocol", MeasuresCalls: false, static libraries => libraries.ModelContextProtocol),
    ];
}
