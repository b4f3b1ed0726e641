using System.Reflection;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;

namespace AiObs.Tests.Operations;

public sealed class SourceIdentityTests
{
    private static readonly string Version = typeof(AgentObservability).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    [Theory]
    [InlineData(GenAIProfile.V1_41, "https://opentelemetry.io/schemas/1.41.0")]
    [InlineData(GenAIProfile.Latest, "https://opentelemetry.io/schemas/gen-ai-dev/1.42.0-dev")]
    public async Task SourceAndMeter_OfAProfile_CarryVersionAndSchema(GenAIProfile profile, string schema)
    {
        using var chat = new ObservedChat(new StubChatClient(), o => o.GenAIProfile = profile);
        using var metrics = new MetricCollector(chat.Source);

        await chat.AskAsync();

        var source = chat.Span.Source;
        var meter = metrics.Measurements[0].Instrument.Meter;
        Assert.Equal((chat.Source, Version, schema), (source.Name, source.Version, source.TelemetrySchemaUrl));
        Assert.Equal((chat.Source, Version, schema), (meter.Name, meter.Version, meter.TelemetrySchemaUrl));
    }

    [Fact]
    public void SourceName_ByDefault_IsAiObs()
    {
        using var root = AgentObservability.Create();

        Assert.Equal("AiObs", root.Pipeline.Source.Name);
    }
}
