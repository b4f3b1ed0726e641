using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Exporters.Otlp;

/// <summary>How spans are sent to a backend that speaks OTLP.</summary>
public sealed class OtlpBackendExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of the backend; with HTTP, <c>/v1/traces</c> is appended unless it ends with that.</summary>
    /// <value>There is no default, and <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is not read: that is what <c>AddOtlpExporter</c> does. Must be set.</value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets how spans are carried.</summary>
    /// <value>The default is <see cref="OtlpExportProtocol.HttpProtobuf"/>.</value>
    public OtlpExportProtocol Protocol { get; set; } = OtlpExportProtocol.HttpProtobuf;
}
