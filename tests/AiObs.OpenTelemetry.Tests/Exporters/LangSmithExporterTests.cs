using AiObs.OpenTelemetry.Exporters.LangSmith;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Exporters;

public sealed class LangSmithExporterTests : ExporterTest
{
    [Theory]
    [InlineData("", "/otel/v1/traces")]
    [InlineData("api/v1", "/api/v1/otel/v1/traces")]
    [InlineData("otel", "/otel/v1/traces")]
    [InlineData("otel/v1/traces", "/otel/v1/traces")]
    public async Task Export_KeyAndProjectInCode_SendsThemToTheOtlpPath(string path, string expected)
    {
        await ExportOneAsync(CreateBuilder().AddLangSmithExporter(options =>
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
        await ExportOneAsync(CreateBuilder(Environment()).AddLangSmithExporter());

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/otel/v1/traces", "lsv2_1", "weather"), (request.Path, request.Headers["x-api-key"], request.Headers["langsmith-project"]));
    }

    [Fact]
    public async Task Export_KeyInSection_BeatsTheEnvironment()
    {
        var settings = Environment();
        settings["AgentObservability:Exporters:LangSmith:ApiKey"] = "lsv2_2";

        await ExportOneAsync(CreateBuilder(settings).AddLangSmithExporter());

        Assert.Equal("lsv2_2", Assert.Single(Receiver.Requests).Headers["x-api-key"]);
    }

    [Fact]
    public async Task Export_NoProject_SendsNone()
    {
        await ExportOneAsync(CreateBuilder().AddLangSmithExporter(options => (options.Endpoint, options.ApiKey) = (Receiver.Endpoint, "k")));

        Assert.DoesNotContain("langsmith-project", Assert.Single(Receiver.Requests).Headers);
    }

    [Theory]
    [InlineData(LangSmithRegion.Us, "https://api.smith.langchain.com/otel/v1/traces")]
    [InlineData(LangSmithRegion.Eu, "https://eu.api.smith.langchain.com/otel/v1/traces")]
    [InlineData(LangSmithRegion.Apac, "https://apac.api.smith.langchain.com/otel/v1/traces")]
    [InlineData(LangSmithRegion.AwsUs, "https://aws.api.smith.langchain.com/otel/v1/traces")]
    public void Describe_Region_LeadsThere(LangSmithRegion region, string expected) =>
        Assert.Equal(new Uri(expected), new LangSmithPreset().Describe(new() { Region = region, ApiKey = "k" }).Endpoint);

    private Dictionary<string, string?> Environment() => new()
    {
        ["LANGSMITH_ENDPOINT"] = Receiver.Endpoint.ToString(),
        ["LANGSMITH_API_KEY"] = "lsv2_1",
        ["LANGSMITH_PROJECT"] = "weather",
    };
}
