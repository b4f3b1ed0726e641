using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class HoneycombTests : ExporterTest
{
    [Fact]
    public async Task Export_EverythingInCode_SendsKeyAndDataset()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Honeycomb, options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.ApiKey = "hcaik_1";
            options.Dataset = "weather";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/v1/traces", "application/x-protobuf"), (request.Path, request.Headers["content-type"]));
        Assert.Equal(("hcaik_1", "weather"), (request.Headers["x-honeycomb-team"], request.Headers["x-honeycomb-dataset"]));
        Assert.Equal("chat stub-model", OnlySpan().Name);
    }

    [Fact]
    public async Task Export_EnvironmentOnly_UsesIt()
    {
        await ExportOneAsync(CreateBuilder(new()
        {
            ["HONEYCOMB_API_ENDPOINT"] = Receiver.Endpoint.ToString(),
            ["HONEYCOMB_API_KEY"] = "hcaik_2",
            ["HONEYCOMB_DATASET"] = "weather",
        }).AddOtlpBackend(OtlpBackend.Honeycomb));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("hcaik_2", "weather"), (request.Headers["x-honeycomb-team"], request.Headers["x-honeycomb-dataset"]));
    }

    [Fact]
    public async Task Export_NoDataset_SendsNone()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Honeycomb, options => (options.Endpoint, options.ApiKey) = (Receiver.Endpoint, "k")));

        Assert.DoesNotContain("x-honeycomb-dataset", Assert.Single(Receiver.Requests).Headers);
    }

    [Theory]
    [InlineData(BackendRegion.Us, "https://api.honeycomb.io/v1/traces")]
    [InlineData(BackendRegion.Eu, "https://api.eu1.honeycomb.io/v1/traces")]
    public void AddressOf_Region_LeadsThere(BackendRegion region, string expected) =>
        Assert.Equal(new Uri(expected), BackendRules.Of(OtlpBackend.Honeycomb).AddressOf(new() { Region = region, ApiKey = "k" }));
}
