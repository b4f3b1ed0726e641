using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class LangfuseTests : ExporterTest
{
    /// <summary>What <c>pk-lf-1:sk-lf-2</c> is in base64.</summary>
    private const string BasicAuth = "Basic cGstbGYtMTpzay1sZi0y";

    [Theory]
    [InlineData("")]
    [InlineData("api/public/otel")]
    [InlineData("api/public/otel/v1/traces")]
    public async Task Export_KeysInCode_SendsThemAsBasicAuthToTheOtlpPath(string path)
    {
        await ExportOneAsync(CreateBuilder().AddLangfuseExporter(options =>
        {
            options.Endpoint = new Uri(Receiver.Endpoint, path);
            options.PublicKey = "pk-lf-1";
            options.SecretKey = "sk-lf-2";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/api/public/otel/v1/traces", BasicAuth), (request.Path, request.Headers["authorization"]));
        Assert.Equal("4", request.Headers["x-langfuse-ingestion-version"]);
        Assert.Equal(7L, OnlySpan().Attributes["gen_ai.usage.input_tokens"]);
    }

    [Theory]
    [InlineData("LANGFUSE_BASE_URL")]
    [InlineData("LANGFUSE_HOST")]
    public async Task Export_EnvironmentOnly_UsesIt(string variable)
    {
        await ExportOneAsync(CreateBuilder(Environment(variable)).AddLangfuseExporter());

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/api/public/otel/v1/traces", BasicAuth), (request.Path, request.Headers["authorization"]));
    }

    [Fact]
    public async Task Export_BothAddressVariables_TakesTheBaseUrl()
    {
        var settings = Environment("LANGFUSE_BASE_URL");
        settings["LANGFUSE_HOST"] = "http://127.0.0.1:1";

        await ExportOneAsync(CreateBuilder(settings).AddLangfuseExporter());

        Assert.Single(Receiver.Requests);
    }

    [Fact]
    public async Task Export_KeysInSection_BeatTheEnvironment()
    {
        var settings = Environment("LANGFUSE_HOST");
        settings["LANGFUSE_SECRET_KEY"] = "other";
        settings["AgentObservability:Exporters:Langfuse:SecretKey"] = "sk-lf-2";

        await ExportOneAsync(CreateBuilder(settings).AddLangfuseExporter());

        Assert.Equal(BasicAuth, Assert.Single(Receiver.Requests).Headers["authorization"]);
    }

    private Dictionary<string, string?> Environment(string addressVariable) => new()
    {
        [addressVariable] = Receiver.Endpoint.ToString(),
        ["LANGFUSE_PUBLIC_KEY"] = "pk-lf-1",
        ["LANGFUSE_SECRET_KEY"] = "sk-lf-2",
    };
}
