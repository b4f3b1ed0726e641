using AiObs.TestSupport.Otlp;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class SeveralExportersTests : ExporterTest
{
    [Fact]
    public async Task Export_ThreeBackends_EachGetsTheSpanWithItsOwnHeaders()
    {
        await using var langfuse = await OtlpReceiver.StartAsync(TestToken);
        await using var other = await OtlpReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder()
            .AddPhoenixExporter(options => (options.Endpoint, options.ApiKey) = (Receiver.Endpoint, "phoenix"))
            .AddLangfuseExporter(options => (options.Endpoint, options.PublicKey, options.SecretKey) = (langfuse.Endpoint, "pk", "sk"))
            .AddOtlpBackend(OtlpBackend.Generic, options =>
            {
                options.Endpoint = other.Endpoint;
                options.Headers["x-api-key"] = "other";
            }));

        OtlpReceiver[] receivers = [Receiver, langfuse, other];
        Assert.Equal(
            ["/v1/traces Bearer phoenix ", "/api/public/otel/v1/traces Basic cGs6c2s= ", "/v1/traces  other"],
            receivers.Select(receiver => Describe(Assert.Single(receiver.Requests))));
        Assert.Single(receivers.SelectMany(receiver => receiver.Spans).Select(span => span.SpanId).Distinct());
    }

    [Fact]
    public async Task Export_TwoOfOneKind_EachHasItsOwnOptions()
    {
        await using var second = await OtlpReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder()
            .AddPhoenixExporter(options => (options.Endpoint, options.ApiKey) = (Receiver.Endpoint, "first"))
            .AddPhoenixExporter(options => (options.Endpoint, options.ApiKey) = (second.Endpoint, "second"), "Second"));

        Assert.Equal("/v1/traces Bearer first ", Describe(Assert.Single(Receiver.Requests)));
        Assert.Equal("/v1/traces Bearer second ", Describe(Assert.Single(second.Requests)));
    }

    [Fact]
    public async Task Export_TwoProjectsOnOneProvider_TheOneAddedLastWinsForBoth()
    {
        await using var second = await OtlpReceiver.StartAsync(TestToken);

        await ExportOneAsync(CreateBuilder()
            .AddPhoenixExporter(options => (options.Endpoint, options.ProjectName) = (Receiver.Endpoint, "a"))
            .AddPhoenixExporter(options => (options.Endpoint, options.ProjectName) = (second.Endpoint, "b"), "Second"));

        Assert.Equal(
            ["b", "b"],
            Receiver.Spans.Concat(second.Spans).Select(span => span.Scope.Resource["openinference.project.name"]));
    }

    [Fact]
    public async Task Export_TwoProjectsOnTwoProviders_EachSpanArrivesInBoth()
    {
        await ExportAsync(
            CreateBuilder().AddPhoenixExporter(options => (options.Endpoint, options.ProjectName) = (Receiver.Endpoint, "a")),
            () => ExportOneAsync(
                CreateBuilder().AddPhoenixExporter(options => (options.Endpoint, options.ProjectName) = (Receiver.Endpoint, "b"))));

        Assert.Equal(
            ["a", "b"],
            Receiver.Spans.Select(span => span.Scope.Resource["openinference.project.name"]).Order());
    }

    [Fact]
    public async Task Export_OneBackendRefuses_TheOthersGetTheSpan()
    {
        await using var broken = await OtlpReceiver.StartAsync(TestToken);
        broken.Respond = _ => new OtlpResponse(500);

        await ExportOneAsync(CreateBuilder()
            .AddPhoenixExporter(options => options.Endpoint = broken.Endpoint)
            .AddOtlpBackend(OtlpBackend.Generic, options => options.Endpoint = Receiver.Endpoint));

        Assert.Equal("chat stub-model", OnlySpan().Name);
        Assert.Single(broken.Requests);
    }

    [Fact]
    public void Add_SameNameTwice_IsRefusedWithTheRemedy()
    {
        var builder = CreateBuilder().AddPhoenixExporter();

        var exception = Assert.Throws<InvalidOperationException>(() => builder.AddLangfuseExporter(name: "Phoenix"));

        Assert.Equal(
            "An exporter named 'Phoenix' was added before. Give each one a name of its own, as in name: \"Other\".",
            exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Add_EmptyName_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(nameof(name), () => CreateBuilder().AddPhoenixExporter(name: name));

    private static string Describe(ReceivedRequest request) =>
        $"{request.Path} {request.Headers.GetValueOrDefault("authorization")} {request.Headers.GetValueOrDefault("x-api-key")}";
}
