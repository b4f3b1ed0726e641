using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class DynatraceTests : ExporterTest
{
    [Theory]
    [InlineData("", "/api/v2/otlp/v1/traces")]
    [InlineData("e/abc12345", "/e/abc12345/api/v2/otlp/v1/traces")]
    [InlineData("api/v2/otlp", "/api/v2/otlp/v1/traces")]
    [InlineData("otlp", "/otlp/v1/traces")]
    public async Task Export_ApiTokenInCode_SendsItToTheOtlpPath(string path, string expected)
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Dynatrace, options =>
        {
            options.Endpoint = new Uri(Receiver.Endpoint, path);
            options.ApiKey = "dt0c01.1";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(
            (expected, "application/x-protobuf", "Api-Token dt0c01.1"),
            (request.Path, request.Headers["content-type"], request.Headers["authorization"]));
        Assert.Equal("chat stub-model", OnlySpan().Name);
    }

    [Theory]
    [InlineData("DT_API_TOKEN", "Api-Token t")]
    [InlineData("DT_PLATFORM_TOKEN", "Bearer t")]
    public async Task Export_EnvironmentOnly_UsesIt(string variable, string expected)
    {
        await ExportOneAsync(CreateBuilder(new() { ["DT_ENDPOINT"] = Receiver.Endpoint.ToString(), [variable] = "t" }).AddOtlpBackend(OtlpBackend.Dynatrace));

        Assert.Equal(expected, Assert.Single(Receiver.Requests).Headers["authorization"]);
    }

    [Fact]
    public async Task Export_BothTokens_SendsThePlatformToken()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Dynatrace, options =>
            (options.Endpoint, options.ApiKey, options.PlatformToken) = (Receiver.Endpoint, "a", "b")));

        Assert.Equal("Bearer b", Assert.Single(Receiver.Requests).Headers["authorization"]);
    }

    [Fact]
    public void AddressOf_EnvironmentId_LeadsThere() => Assert.Equal(
        new Uri("https://abc12345.live.dynatrace.com/api/v2/otlp/v1/traces"),
        BackendRules.Of(OtlpBackend.Dynatrace).AddressOf(new() { EnvironmentId = "abc12345" }));
}
