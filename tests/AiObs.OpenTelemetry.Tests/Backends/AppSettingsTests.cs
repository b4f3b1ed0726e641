using System.Text;
using AiObs.TestSupport.Otlp;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

/// <summary>The same code in every environment: <c>appsettings.{Environment}.json</c> says where spans go, and what is in them.</summary>
public sealed class AppSettingsTests : ExporterTest
{
    [Fact]
    public async Task Development_SendsContentToTheLocalPhoenixAlone()
    {
        await RunAsync($$"""
            {
              "AgentObservability": {
                "CaptureContent": "All",
                "Exporters": {
                  "Phoenix": { "Endpoint": "{{Receiver.Endpoint}}", "ProjectName": "weather-dev" },
                  "Langfuse": { "Enabled": false }
                }
              }
            }
            """);

        var span = OnlySpan();
        Assert.Equal(("/v1/traces", "weather-dev"), (Assert.Single(Receiver.Requests).Path, span.Scope.Resource["openinference.project.name"]));
        Assert.Equal("Hello.", span.Attributes["output.value"]);
    }

    [Fact]
    public async Task Production_SendsToTwoBackendsWithoutContent()
    {
        await using var langfuse = await OtlpReceiver.StartAsync(TestToken);

        await RunAsync($$"""
            {
              "AgentObservability": {
                "Exporters": {
                  "Phoenix": { "Endpoint": "{{Receiver.Endpoint}}s/team", "ApiKey": "key", "ProjectName": "weather", "BatchSize": 100, "BatchDelay": "00:00:02" },
                  "Langfuse": { "Endpoint": "{{langfuse.Endpoint}}", "PublicKey": "pk", "SecretKey": "sk" }
                }
              }
            }
            """);

        Assert.Equal(["/s/team/v1/traces", "/api/public/otel/v1/traces"], [Assert.Single(Receiver.Requests).Path, Assert.Single(langfuse.Requests).Path]);
        Assert.Equal(OnlySpan().SpanId, Assert.Single(langfuse.Spans).SpanId);
        Assert.DoesNotContain("output.value", OnlySpan().Attributes);
    }

    [Fact]
    public async Task Testing_SendsNothingAndNeedsNoKeys()
    {
        await RunAsync($$"""
            {
              "AgentObservability": {
                "Enabled": false,
                "Exporters": { "Phoenix": { "Endpoint": "{{Receiver.Endpoint}}" } }
              }
            }
            """);

        Assert.Empty(Receiver.Requests);
    }

    private async Task RunAsync(string environmentJson)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(Json($$"""{ "AgentObservability": { "SourceName": "{{Source}}" } }"""))
            .AddJsonStream(Json(environmentJson))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddAgentObservability();
        await using var application = services.BuildServiceProvider();
        var tracing = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(own => own.AddSingleton<IConfiguration>(configuration))
            .AddAgentObservability()
            .AddPhoenixExporter()
            .AddLangfuseExporter();
        using var stub = ObservedCall.CreateStub();
        using var client = stub.UseAgentObservability(application);

        await ExportAsync(tracing, () => client.GetResponseAsync("Hi", cancellationToken: TestToken));
    }

    private static MemoryStream Json(string text) => new(Encoding.UTF8.GetBytes(text));
}
