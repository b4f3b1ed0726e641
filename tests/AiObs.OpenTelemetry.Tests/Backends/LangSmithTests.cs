using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class LangSmithTests : ExporterTest
{
    [Theory]
    [InlineData("", "/otel/v1/traces")]
    [InlineData("api/v1", "/api/v1/otel/v1/traces")]
    [InlineData("otel", "/otel/v1/traces")]
    [InlineData("otel/v1/traces", "/otel/v1/traces")]
    public async Task Export_KeyAndProjectInCode_SendsThemToTheOtlpPath(string path, string expected)
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.LangSmith, options =>
        {
            options.Endpoint = new Uri(Receiver.Endpoint, path);
            options.ApiKey = "lsv2_1";
            options.ProjectName = "weather";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal((expected, "application/x-protobuf"), (request.Path, request.Headers["content-type"]));
        Assert.Equal(("lsv2_1", "weather"), (request.Headers["x-api-key"], request.Headers["langsmith-project"]));
        Assert.Equal(7L, OnlySpan().Attributes["gen_ai.usage.input_tokens"]);
    }

    [Fact]
    public async Task Export_EnvironmentOnly_UsesIt()
    {
        await ExportOneAsync(CreateBuilder(Environment()).AddOtlpBackend(OtlpBackend.LangSmith));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/otel/v1/traces", "lsv2_1", "weather"), (request.Path, request.Headers["x-api-key"], request.Headers["langsmith-project"]));
    }

    [Fact]
    public async Task Export_KeyInSection_BeatsTheEnvironment()
    {
        var settings = Environment();
        settings["AgentObservability:Exporters:LangSmith:ApiKey"] = "lsv2_2";

        await ExportOneAsync(CreateBuilder(settings).AddOtlpBackend(OtlpBackend.LangSmith));

        Assert.Equal("lsv2_2", Assert.Single(Receiver.Requests).Headers["x-api-key"]);
    }

    [Fact]
    public async Task Export_NoProject_SendsNone()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.LangSmith, options => (options.Endpoint, options.ApiKey) = (Receiver.Endpoint, "k")));

        Assert.DoesNotContain("langsmith-project", Assert.Single(Receiver.Requests).Headers);
    }

    [Theory]
    [InlineData(BackendRegion.Us, "https://api.smith.langchain.com/otel/v1/traces")]
    [InlineData(BackendRegion.Eu, "https://eu.api.smith.langchain.com/otel/v1/traces")]
    [InlineData(BackendRegion.Apac, "https://apac.api.smith.langchain.com/otel/v1/traces")]
    [InlineData(BackendRegion.AwsUs, "https://aws.api.smith.langchain.com/otel/v1/traces")]
    public void AddressOf_Region_LeadsThere(BackendRegion region, string expected) =>
        Assert.Equal(new Uri(expected), BackendRules.Of(OtlpBackend.LangSmith).AddressOf(new() { Region = region, ApiKey = "k" }));

    private Dictionary<string, string?> Environment() => new()
    {
        ["LANGSMITH_ENDPOINT"] = Receiver.Endpoint.ToString(),
        ["LANGSMITH_API_KEY"] = "lsv2_1",
        ["LANGSMITH_PROJECT"] = "weather",
    };
}
