using AiObs.TestSupport.Otlp;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace AiObs.OpenTelemetry.Tests;

public sealed class AiObsMeterProviderBuilderExtensionsTests : IAsyncLifetime
{
    private readonly string _source = $"metrics-{Guid.NewGuid():N}";
    private OtlpReceiver? _receiver;

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await OtlpReceiver.StartAsync(TestToken);

    public ValueTask DisposeAsync() => _receiver!.DisposeAsync();

    [Fact]
    public async Task AddAgentObservability_ObservedCall_ExportsHistogramsWithTheBucketsOfTheConvention()
    {
        var metrics = await ExportOneAsync(Sdk.CreateMeterProviderBuilder().AddAgentObservability(_source));

        Assert.Equal(["gen_ai.client.operation.duration s", "gen_ai.client.token.usage {token}"], metrics.Select(metric => $"{metric.Name} {metric.Unit}"));
        Assert.All(metrics, metric => Assert.Equal((ReceivedMetricKind.Histogram, _source), (metric.Kind, metric.Scope.Name)));
        Assert.Equal(
            [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
            Assert.Single(metrics[0].Points).Bounds);
        Assert.Equal(
            [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
            metrics[1].Points[0].Bounds);
        Assert.Equal(
            ["input 7", "output 3"],
            metrics[1].Points.Select(point => $"{point.Attributes["gen_ai.token.type"]} {point.Value}").Order());
    }

    [Fact]
    public async Task AddAgentObservability_CalledTwice_CountsOnce()
    {
        var metrics = await ExportOneAsync(Sdk.CreateMeterProviderBuilder().AddAgentObservability(_source).AddAgentObservability(_source));

        Assert.Equal(2, metrics.Count);
        Assert.Equal(1, Assert.Single(metrics[0].Points).Count);
    }

    [Fact]
    public async Task AddAgentObservability_RootInServices_SubscribesToItsMeter()
    {
        var metrics = await ExportOneAsync(Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddAgentObservability(o => o.SourceName = _source))
            .AddAgentObservability());

        Assert.Equal(2, metrics.Count);
    }

    [Fact]
    public async Task AddAgentObservability_RootWithANameInServices_SubscribesToItsMeter()
    {
        var metrics = await ExportOneAsync(Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddAgentObservability("acme", (root, _) => root.Configure(o => o.SourceName = _source)))
            .AddAgentObservability());

        Assert.Equal(2, metrics.Count);
    }

    [Fact]
    public void AddAgentObservability_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("builder", () => ((MeterProviderBuilder)null!).AddAgentObservability());
        Assert.Throws<ArgumentNullException>("sourceNames", () => Sdk.CreateMeterProviderBuilder().AddAgentObservability(null!));
    }

    /// <summary>Exports what one call measures, without what others in the process measure under the default name.</summary>
    private async Task<List<ReceivedMetric>> ExportOneAsync(MeterProviderBuilder builder)
    {
        using (var provider = builder.AddOtlpExporter(ToReceiver).Build())
        {
            await ObservedCall.MakeAsync(_source);

            // A disposal alone waits for no longer than five seconds.
            provider.Shutdown();
        }

        return [.. _receiver!.Metrics.Where(metric => metric.Scope.Name == _source).OrderBy(metric => metric.Name, StringComparer.Ordinal)];
    }

    private void ToReceiver(OtlpExporterOptions options)
    {
        options.Endpoint = new Uri(_receiver!.Endpoint, "v1/metrics");
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
    }
}
