using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class GrafanaCloudTests : ExporterTest
{
    /// <summary>What <c>123456:glc_1</c> is in base64.</summary>
    private const string BasicAuth = "Basic MTIzNDU2OmdsY18x";

    [Theory]
    [InlineData("")]
    [InlineData("otlp")]
    [InlineData("otlp/v1/traces")]
    public async Task Export_KeysInCode_SendsThemAsBasicAuthToTheOtlpPath(string path)
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.GrafanaCloud, options =>
        {
            options.Endpoint = new Uri(Receiver.Endpoint, path);
            options.InstanceId = "123456";
            options.ApiKey = "glc_1";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/otlp/v1/traces", BasicAuth), (request.Path, request.Headers["authorization"]));
        Assert.Equal("chat stub-model", OnlySpan().Name);
    }

    [Fact]
    public async Task Export_KeysInEnvironment_UsesThem()
    {
        await ExportOneAsync(CreateBuilder(new() { ["GRAFANA_CLOUD_INSTANCE_ID"] = "123456", ["GRAFANA_CLOUD_API_KEY"] = "glc_1" })
            .AddOtlpBackend(OtlpBackend.GrafanaCloud, options => options.Endpoint = Receiver.Endpoint));

        Assert.Equal(BasicAuth, Assert.Single(Receiver.Requests).Headers["authorization"]);
    }

    [Fact]
    public void AddressOf_ZoneOfTheEnvironment_LeadsToItsGateway()
    {
        var options = new OtlpBackendExporterOptions();
        BackendRules.Of(OtlpBackend.GrafanaCloud).ReadEnvironment(options, variable => variable == "GRAFANA_CLOUD_ZONE" ? "prod-eu-west-2" : null);

        Assert.Equal(new Uri("https://otlp-gateway-prod-eu-west-2.grafana.net/otlp/v1/traces"), BackendRules.Of(OtlpBackend.GrafanaCloud).AddressOf(options));
    }
}
