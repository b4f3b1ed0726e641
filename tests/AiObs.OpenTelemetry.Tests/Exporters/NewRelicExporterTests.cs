using AiObs.OpenTelemetry.Exporters.NewRelic;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Exporters;

public sealed class NewRelicExporterTests : ExporterTest
{
    [Fact]
    public async Task Export_KeyInCode_SendsItWithACompressedBody()
    {
        await ExportOneAsync(CreateBuilder().AddNewRelicExporter(options => (options.Endpoint, options.LicenseKey) = (Receiver.Endpoint, "nr-1")));

        var request = Assert.Single(Receiver.Requests);
        Assert.Equal(
            ("/v1/traces", "application/x-protobuf", "gzip", "nr-1"),
            (request.Path, request.Headers["content-type"], request.Headers["content-encoding"], request.Headers["api-key"]));
        Assert.Equal("chat stub-model", OnlySpan().Name);
    }

    [Fact]
    public async Task Export_KeyInEnvironment_UsesIt()
    {
        await ExportOneAsync(CreateBuilder(new() { ["NEW_RELIC_LICENSE_KEY"] = "nr-2" })
            .AddNewRelicExporter(options => options.Endpoint = Receiver.Endpoint));

        Assert.Equal("nr-2", Assert.Single(Receiver.Requests).Headers["api-key"]);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(100, 1)]
    public async Task Export_MoreSpansThanARequestTakes_SendsSeveralUnlessToldOtherwise(int? batchSize, int expected)
    {
        var builder = CreateBuilder().AddNewRelicExporter(options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.LicenseKey = "k";
            options.BatchSize = batchSize;
            options.BatchDelay = TimeSpan.FromHours(1);
        });

        await ExportAsync(builder, async () =>
        {
            for (var call = 0; call < 70; call++)
            {
                await ObservedCall.MakeAsync(Source);
            }
        });

        Assert.Equal((70, expected), (Receiver.Spans.Count(span => span.Scope.Name == Source), Receiver.Requests.Count));
    }

    [Theory]
    [InlineData(NewRelicRegion.Us, "https://otlp.nr-data.net/v1/traces")]
    [InlineData(NewRelicRegion.Eu, "https://otlp.eu01.nr-data.net/v1/traces")]
    [InlineData(NewRelicRegion.FedRamp, "https://gov-otlp.nr-data.net/v1/traces")]
    public void Describe_Region_LeadsThere(NewRelicRegion region, string expected) =>
        Assert.Equal(new Uri(expected), new NewRelicPreset().Describe(new() { Region = region, LicenseKey = "k" }).Endpoint);
}
