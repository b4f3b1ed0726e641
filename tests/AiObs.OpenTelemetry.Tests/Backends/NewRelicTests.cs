using AiObs.OpenTelemetry.Backends;
using OpenTelemetry.Trace;

namespace AiObs.OpenTelemetry.Tests.Backends;

public sealed class NewRelicTests : ExporterTest
{
    [Fact]
    public async Task Export_KeyInCode_SendsItWithACompressedBody()
    {
        await ExportOneAsync(CreateBuilder().AddOtlpBackend(OtlpBackend.NewRelic, options => (options.Endpoint, options.ApiKey) = (Receiver.Endpoint, "nr-1")));

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
            .AddOtlpBackend(OtlpBackend.NewRelic, options => options.Endpoint = Receiver.Endpoint));

        Assert.Equal("nr-2", Assert.Single(Receiver.Requests).Headers["api-key"]);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(100, 1)]
    public async Task Export_MoreSpansThanARequestTakes_SendsSeveralUnlessToldOtherwise(int? batchSize, int expected)
    {
        var builder = CreateBuilder().AddOtlpBackend(OtlpBackend.NewRelic, options =>
        {
            options.Endpoint = Receiver.Endpoint;
            options.ApiKey = "k";
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
    [InlineData(BackendRegion.Us, "https://otlp.nr-data.net/v1/traces")]
    [InlineData(BackendRegion.Eu, "https://otlp.eu01.nr-data.net/v1/traces")]
    [InlineData(BackendRegion.FedRamp, "https://gov-otlp.nr-data.net/v1/traces")]
    public void AddressOf_Region_LeadsThere(BackendRegion region, string expected) =>
        Assert.Equal(new Uri(expected), BackendRules.Of(OtlpBackend.NewRelic).AddressOf(new() { Region = region, ApiKey = "k" }));
}
