using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class AspireTests : ExporterTest
{
    [Fact]
    public async Task Export_GrpcWithKey_CallsTheTraceServiceWithIt()
    {
        await using var dashboard = await GrpcReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Aspire, options => (options.Endpoint, options.ApiKey) = (dashboard.Endpoint, "aspire-1")));

        var request = Assert.Single(dashboard.Requests);
        Assert.Equal(
            ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", "aspire-1"),
            (request.Path, request.Headers["content-type"], request.Headers["x-otlp-api-key"]));
        Assert.NotEqual(0, request.BodyLength);
    }

    [Fact]
    public async Task Export_HttpInCode_SendsTheKeyToTheTracesPath()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Aspire, options =>
            (options.Endpoint, options.Protocol, options.ApiKey) = (Receiver.Endpoint, OtlpExportProtocol.HttpProtobuf, "aspire-1")));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/v1/traces", "aspire-1"), (request.Path, request.Headers["x-otlp-api-key"]));
        Assert.Equal("chat stub-model", OnlySpan().Name);
    }

    [Fact]
    public async Task Export_VariablesOfAnAppHost_UsesThemAndNoOtherHeader()
    {
        await ExportOneAsync(CreateBuilder(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Receiver.Endpoint.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-api-key=of-another, X-Otlp-Api-Key=a%3Db",
        }).AddOtlpBackend(OtlpBackend.Aspire));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal("a=b", request.Headers["x-otlp-api-key"]);
        Assert.DoesNotContain("x-api-key", request.Headers);
    }

    [Theory]
    [InlineData("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL")]
    [InlineData("DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL")]
    public async Task Export_VariablesOfTheDashboard_UsesThem(string variable)
    {
        await ExportOneAsync(CreateBuilder(new() { [variable] = Receiver.Endpoint.ToString(), ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = "own" })
            .AddOtlpBackend(OtlpBackend.Aspire));

        Assert.Equal("own", Assert.Single(Receiver.Requests).Headers["x-otlp-api-key"]);
    }

    [Theory]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL")]
    [InlineData("DOTNET_DASHBOARD_OTLP_ENDPOINT_URL")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Export_AddressWithoutProtocol_SpeaksGrpc(string variable)
    {
        await using var dashboard = await GrpcReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder(new() { [variable] = dashboard.Endpoint.ToString() }).AddOtlpBackend(OtlpBackend.Aspire));

        Assert.DoesNotContain("x-otlp-api-key", Assert.Single(dashboard.Requests).Headers);
    }

    [Fact]
    public void AddressOf_NothingSet_LeadsToTheDashboardOfThisMachine()
    {
        var rule = BackendRules.Of(OtlpBackend.Aspire);

        Assert.Equal((new Uri("http://localhost:4317"), OtlpExportProtocol.Grpc), (rule.AddressOf(new()), rule.ProtocolOf(new())));
    }
}
