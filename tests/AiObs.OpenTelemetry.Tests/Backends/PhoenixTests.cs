using System.Diagnostics;
using AiObs.TestSupport;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class PhoenixTests : ExporterTest
{
    [Fact]
    public async Task Export_EverythingSet_SendsTheSpanAsPhoenixWantsIt()
    {
        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.ApiKey = "phoenix-secret";
            options.ProjectName = "weather";
        }));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/v1/traces", "application/x-protobuf"), (request.Path, request.Headers["content-type"]));
        Assert.Equal("Bearer phoenix-secret", request.Headers["authorization"]);
        Assert.Equal("weather", OnlySpan().Scope.Resource["openinference.project.name"]);
    }

    [Fact]
    public async Task Export_ObservedCall_ArrivesWholeWithItsScope()
    {
        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(options => options.Endpoint = Receiver.Endpoint));

        var span = OnlySpan();
        Assert.Equal(("chat stub-model", ActivityKind.Client, ActivityStatusCode.Unset), (span.Name, span.Kind, span.Status));
        Assert.Equal("https://opentelemetry.io/schemas/1.41.0", span.Scope.SchemaUrl);
        Assert.Equal(typeof(AgentObservability).Assembly.GetName().Version!.ToString(3), span.Scope.Version.Split('-')[0]);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "LLM",
                ["llm.system"] = "stub",
                ["llm.provider"] = "stub",
                ["llm.model_name"] = "stub-model-1",
                ["llm.request.model_name"] = "stub-model",
                ["llm.response.model_name"] = "stub-model-1",
                ["llm.finish_reason"] = "stop",
                ["llm.token_count.prompt"] = 7L,
                ["llm.token_count.completion"] = 3L,
                ["llm.token_count.total"] = 10L,
                ["gen_ai.operation.name"] = "chat",
                ["gen_ai.provider.name"] = "stub",
                ["gen_ai.request.model"] = "stub-model",
                ["gen_ai.response.model"] = "stub-model-1",
                ["gen_ai.response.finish_reasons"] = new[] { "stop" },
                ["gen_ai.usage.input_tokens"] = 7L,
                ["gen_ai.usage.output_tokens"] = 3L,
                ["server.address"] = "localhost",
                ["server.port"] = 8080L,
            },
            span.Attributes);
    }

    [Fact]
    public async Task Export_NoKeyAndNoProject_SendsNeither()
    {
        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(options => options.Endpoint = Receiver.Endpoint));

        Assert.DoesNotContain("authorization", Assert.Single(Receiver.Requests).Headers);
        Assert.DoesNotContain("openinference.project.name", OnlySpan().Scope.Resource);
    }

    [Fact]
    public async Task Export_EnvironmentOnly_UsesIt()
    {
        await ExportOneAsync(CreateBuilder(Environment()).AddPhoenixExporter());

        Assert.Equal("Bearer key-of-environment", Assert.Single(Receiver.Requests).Headers["authorization"]);
        Assert.Equal("project-of-environment", OnlySpan().Scope.Resource["openinference.project.name"]);
    }

    [Fact]
    public async Task Export_SectionAndEnvironment_SectionWins()
    {
        var settings = Environment();
        settings["AgentObservability:Exporters:Phoenix:ApiKey"] = "key-of-section";

        await ExportOneAsync(CreateBuilder(settings).AddPhoenixExporter());

        Assert.Equal("Bearer key-of-section", Assert.Single(Receiver.Requests).Headers["authorization"]);
        Assert.Equal("project-of-environment", OnlySpan().Scope.Resource["openinference.project.name"]);
    }

    [Fact]
    public async Task Export_CodeSectionAndEnvironment_CodeWins()
    {
        var settings = Environment();
        settings["AgentObservability:Exporters:Phoenix:ApiKey"] = "key-of-section";

        await ExportOneAsync(CreateBuilder(settings).AddPhoenixExporter(options => options.ApiKey = "key-of-code"));

        Assert.Equal("Bearer key-of-code", Assert.Single(Receiver.Requests).Headers["authorization"]);
    }

    [Fact]
    public async Task Export_NamedExporter_ReadsItsOwnSection()
    {
        var settings = new Dictionary<string, string?> { ["AgentObservability:Exporters:PhoenixEu:Endpoint"] = $"{Receiver.Endpoint}eu/" };

        await ExportOneAsync(CreateBuilder(settings).AddPhoenixExporter(name: "PhoenixEu"));

        Assert.Equal("/eu/v1/traces", Assert.Single(Receiver.Requests).Path);
    }

    [Theory]
    [InlineData("v1/traces")]
    [InlineData("v1/traces/")]
    public async Task Export_AddressWithThePath_DoesNotGetItTwice(string path)
    {
        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(options => options.Endpoint = new Uri(Receiver.Endpoint, path)));

        Assert.Equal("/v1/traces", Assert.Single(Receiver.Requests).Path.TrimEnd('/'));
    }

    [Fact]
    public async Task Export_BatchSizeOfTwo_SendsThreeSpansInTwoRequests()
    {
        using var provider = CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.BatchSize = 2;
            options.BatchDelay = TimeSpan.FromHours(1);
        }).Build();

        await ObservedCall.MakeAsync(Source);
        Assert.Empty(Receiver.Requests);
        await ObservedCall.MakeAsync(Source);
        await Receiver.WaitForSpansAsync(2, TestToken);
        await ObservedCall.MakeAsync(Source);
        provider.ForceFlush();

        Assert.Equal(3, (await Receiver.WaitForSpansAsync(3, TestToken)).Count);
        Assert.Equal(2, (await Receiver.WaitForRequestsAsync(2, TestToken)).Count);
    }

    [Fact]
    public async Task Export_ShortBatchDelay_SendsWithoutBeingAsked()
    {
        using var provider = CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.BatchDelay = TimeSpan.FromMilliseconds(1);
        }).Build();

        await ObservedCall.MakeAsync(Source);

        Assert.Single(await Receiver.WaitForSpansAsync(1, TestToken));
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["PHOENIX_COLLECTOR_ENDPOINT"] = Receiver.Endpoint.ToString(),
        ["PHOENIX_API_KEY"] = "key-of-environment",
        ["PHOENIX_PROJECT_NAME"] = "project-of-environment",
    };
}
