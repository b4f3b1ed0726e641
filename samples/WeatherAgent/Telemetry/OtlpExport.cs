using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace WeatherAgent.Telemetry;

/// <summary>Sends spans to a server over OTLP/HTTP, and knows whether they arrived.</summary>
internal sealed class OtlpExport(Uri endpoint)
{
    private volatile string? _error;

    public Uri Endpoint => endpoint;

    /// <summary>Gets why spans did not arrive; null when they all did.</summary>
    public string? Error => _error;

    public void AddTo(TracerProviderBuilder builder) => builder.AddOtlpExporter(exporter =>
    {
        exporter.Endpoint = endpoint;
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.HttpClientFactory = () => new HttpClient(new ExportWatch(error => _error = error))
        {
            Timeout = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds),
        };
    });
}
