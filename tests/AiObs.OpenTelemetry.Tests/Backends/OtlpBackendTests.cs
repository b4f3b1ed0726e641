using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class OtlpBackendTests : ExporterTest
{
    [Theory]
    [InlineData("a=b,c=d")]
    [InlineData("100%25 %2C + =")]
    [InlineData("eyJh.bGciOi==")]
    public async Task Export_HeaderValueWithDelimiters_ArrivesUntouched(string value)
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Generic, options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.Headers["x-api-key"] = value;
        }));

        Assert.Equal(value, Assert.Single(Receiver.Requests).Headers["x-api-key"]);
    }

    [Fact]
    public async Task Export_EverythingInSection_UsesIt()
    {
        const string Section = "AgentObservability:Exporters:OtlpBackend";

        await ExportOneAsync(CreateBuilder(new()
        {
            [$"{Section}:Endpoint"] = $"{Receiver.Endpoint}otlp?tenant=a",
            [$"{Section}:Protocol"] = "HttpProtobuf",
            [$"{Section}:Headers:x-api-key"] = "k",
            [$"{Section}:BatchDelay"] = "00:00:02",
        }).AddOtlpBackend(OtlpBackend.Generic));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(("/otlp/v1/traces", "k"), (request.Path, request.Headers["x-api-key"]));
    }

    [Fact]
    public async Task Export_HeaderOfABackend_IsReplacedByOneThatWasSet()
    {
        await ExportOneAsync(CreateBuilder().AddPhoenixExporter(options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.ApiKey = "k";
            options.Headers["Authorization"] = "Custom k";
        }));

        Assert.Equal("Custom k", Assert.Single(Receiver.Requests).Headers["authorization"]);
    }

    [Fact]
    public async Task Export_Grpc_CallsTheTraceServiceWithTheHeaders()
    {
        await using var server = await GrpcReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.Generic, options =>
        {
            options.Endpoint = server.Endpoint;
            options.Protocol = OtlpExportProtocol.Grpc;
            options.Headers["x-api-key"] = "a=b,c";
        }));

        var request = Assert.Single(server.Requests);
        Assert.Equal(
            ("/opentelemetry.proto.collector.trace.v1.TraceService/Export", "application/grpc", "a=b,c"),
            (request.Path, request.Headers["content-type"], request.Headers["x-api-key"]));
        Assert.NotEqual(0, request.BodyLength);
    }

    [Fact]
    public async Task Export_BesideUseOtlpExporter_SendsToBoth()
    {
        using var sdk = OpenTelemetrySdk.Create(builder => builder
            .WithTracing(tracing => tracing
                .AddSource(Source)
                .AddOtlpBackend(OtlpBackend.Generic, options => options.Endpoint = new Uri(Receiver.Endpoint, "ours")))
            .UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, new Uri(Receiver.Endpoint, "theirs")));

        await ObservedCall.MakeAsync(Source);
        sdk.TracerProvider.ForceFlush();

        var requests = await Receiver.WaitForRequestsAsync(2, TestToken);
        Assert.Equal(["/ours/v1/traces", "/theirs/v1/traces"], requests.Select(request => request.Path).Order());
    }

    [Fact]
    public async Task Export_AnyBuilderOrder_TakesPartInTheOptionsOfItsName()
    {
        await ExportOneAsync(CreateBuilder()
            .ConfigureServices(services => services.Configure<OtlpBackendExporterOptions>("Collector", options => options.Endpoint = Receiver.Endpoint))
            .AddOtlpBackend(OtlpBackend.Generic, name: "Collector"));

        Assert.Single(Receiver.Requests);
    }
}
