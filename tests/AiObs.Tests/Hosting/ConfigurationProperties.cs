using AiObs.Events;
using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Hosting;

/// <summary>Whatever stands in the configuration: the application starts, or is told which section or option is wrong.</summary>
public sealed class ConfigurationProperties
{
    private static readonly string[] Keys =
    [
        "Enabled", "SourceName", "Conventions", "CaptureContent", "GenAIProfile", "EmitOperationDetails", "RecordedAdditionalProperties:0", "Privacy",
        "Privacy:MaxContentLength", "Privacy:MaxMessages", "Privacy:Base64ImageMaxLength", "Privacy:RedactionRules", "Privacy:UserIdHashKey", "Privacy:HideInputs",
        "Events:SlowCallThreshold", "Events:ExpensiveCallThreshold", "Events:ShutdownTimeout", "Events:Sinks:x:Capacity", "Events:ChunkEvents",
    ];

    [Fact]
    public void Start_AnyConfiguration_StartsOrSaysWhatIsWrong() => HostileConfiguration.Check(
        Keys, static _ => { }, static services => _ = services.GetRequiredService<IOptions<EventOptions>>().Value);
}
