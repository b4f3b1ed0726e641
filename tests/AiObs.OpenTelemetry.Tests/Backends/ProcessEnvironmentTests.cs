using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

[Collection(nameof(ProcessEnvironment))]
public sealed class ProcessEnvironmentTests : ExporterTest
{
    [Fact]
    public async Task Export_VariablesOfTheProcess_AreReadWithAConfigurationThatLacksThem()
    {
        using var environment = new EnvironmentScope(
            ("PHOENIX_COLLECTOR_ENDPOINT", Receiver.Endpoint.ToString()), ("PHOENIX_API_KEY", "k"), ("PHOENIX_PROJECT_NAME", "weather"));

        await ExportOneAsync(CreateBuilder().AddPhoenixExporter());

        Assert.Equal("Bearer k", Assert.Single(Receiver.Requests).Headers["authorization"]);
        Assert.Equal("weather", OnlySpan().Scope.Resource["openinference.project.name"]);
    }

    [Fact]
    public async Task Export_VariablesOfTheProcess_AreReadWithoutAnyConfiguration()
    {
        using var environment = new EnvironmentScope(("PHOENIX_COLLECTOR_ENDPOINT", Receiver.Endpoint.ToString()));

        await ExportOneAsync(Sdk.CreateTracerProviderBuilder().AddSource(Source).AddPhoenixExporter());

        Assert.Single(Receiver.Spans);
    }

    [Fact]
    public async Task Export_VariablesForTheExporterOfTheSdk_AreKeptFromOurs()
    {
        using var environment = new EnvironmentScope(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "x-api-key=of-another-backend"));

        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(options => options.Endpoint = Receiver.Endpoint));

        Assert.DoesNotContain("x-api-key", Assert.Single(Receiver.Requests).Headers);
    }

    [Fact]
    public async Task Export_BatchSizeOfTheProcess_HoldsUntilCodeSaysOtherwise()
    {
        using var environment = new EnvironmentScope(("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "1"));
        using var provider = CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.BatchDelay = TimeSpan.FromHours(1);
        }).Build();

        await ObservedCall.MakeAsync(Source);

        Assert.Single(await Receiver.WaitForSpansAsync(1, TestToken));
    }
}
