using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class DatadogTests : ExporterTest
{
    [Fact]
    public async Task Export_EverythingInCode_SendsKeySourceAndApplication()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Datadog, options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.ApiKey = "dd-1";
            options.MlApp = "weather";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/v1/traces", "application/x-protobuf"), (request.Path, request.Headers["content-type"]));
        Assert.Equal(
            ("dd-1", "llmobs", "weather"),
            (request.Headers["dd-api-key"], request.Headers["dd-otlp-source"], request.Headers["dd-ml-app"]));
        Assert.Equal("true", OnlySpan().Scope.Resource["dd_llmobs_enabled"]);
    }

    [Fact]
    public async Task Export_KeyInEnvironment_UsesIt()
    {
        await ExportOneAsync(CreateBuilder(new() { ["DD_API_KEY"] = "dd-2", ["DD_LLMOBS_ML_APP"] = "rain" })
            .AddOtlpBackend(OtlpBackend.Datadog, options => options.Endpoint = Receiver.Endpoint));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("dd-2", "rain"), (request.Headers["dd-api-key"], request.Headers["dd-ml-app"]));
    }

    [Fact]
    public async Task Export_MoreSpansThanTheIntakeTakes_SendsSeveralRequests()
    {
        var builder = CreateBuilder().AddOtlpBackend(OtlpBackend.Datadog, options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.ApiKey = "k";
            options.BatchDelay = TimeSpan.FromHours(1);
        });

        await ExportAsync(builder, async () =>
        {
            for (var call = 0; call < 130; call++)
            {
                await ObservedCall.MakeAsync(Source);
            }
        });

        Assert.Equal((130, 2), (Receiver.Spans.Count(span => span.Scope.Name == Source), Receiver.Requests.Count));
    }

    [Theory]
    [InlineData("datadoghq.com", "https://otlp.datadoghq.com/v1/traces")]
    [InlineData("datadoghq.eu", "https://otlp.datadoghq.eu/v1/traces")]
    [InlineData("us5.datadoghq.com", "https://otlp.us5.datadoghq.com/v1/traces")]
    [InlineData("ddog-gov.com", "https://otlp.ddog-gov.com/v1/traces")]
    public void AddressOf_Site_LeadsThere(string site, string expected)
    {
        var options = new OtlpBackendExporterOptions { ApiKey = "k" };
        BackendRules.Of(OtlpBackend.Datadog).ReadEnvironment(options, variable => variable == "DD_SITE" ? site : null);

        Assert.Equal(new Uri(expected), BackendRules.Of(OtlpBackend.Datadog).AddressOf(options));
    }
}
