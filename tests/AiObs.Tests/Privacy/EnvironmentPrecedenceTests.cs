using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Privacy;

/// <summary>The environment of the process itself, which is why nothing else runs meanwhile.</summary>
[Collection(nameof(EnvironmentPrecedenceTests))]
[CollectionDefinition(nameof(EnvironmentPrecedenceTests), DisableParallelization = true)]
public sealed class EnvironmentPrecedenceTests : IDisposable
{
    private const string Capture = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    private const string HideInputs = "OPENINFERENCE_HIDE_INPUTS";

    public EnvironmentPrecedenceTests()
    {
        Environment.SetEnvironmentVariable(Capture, "span_only");
        Environment.SetEnvironmentVariable(HideInputs, "true");
    }

    [Fact]
    public void Options_EnvironmentAlone_BeatsTheDefault()
    {
        var options = Options();

        Assert.Equal(ContentCapture.Spans, options.CaptureContent);
        Assert.True(options.Privacy.HideInputs);
    }

    [Fact]
    public void Options_Configuration_BeatsTheEnvironment()
    {
        var options = Options(("CaptureContent", "Events"), ("Privacy:HideInputs", "false"));

        Assert.Equal(ContentCapture.Events, options.CaptureContent);
        Assert.False(options.Privacy.HideInputs);
    }

    [Fact]
    public void Options_Code_BeatsConfigurationAndEnvironment()
    {
        var options = Options(
            static options =>
            {
                options.CaptureContent = ContentCapture.None;
                options.Privacy.HideInputs = true;
            },
            ("CaptureContent", "Events"),
            ("Privacy:HideInputs", "false"));

        Assert.Equal(ContentCapture.None, options.CaptureContent);
        Assert.True(options.Privacy.HideInputs);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Capture, null);
        Environment.SetEnvironmentVariable(HideInputs, null);
    }

    private static AgentObservabilityOptions Options(params (string Key, string Value)[] configuration) => Options(configure: null, configuration);

    private static AgentObservabilityOptions Options(
        Action<AgentObservabilityOptions>? configure, params (string Key, string Value)[] configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.Select(static entry => KeyValuePair.Create($"AgentObservability:{entry.Key}", (string?)entry.Value)))
            .Build());
        services.AddAgentObservability(configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AgentObservabilityOptions>>().Value;
    }
}
