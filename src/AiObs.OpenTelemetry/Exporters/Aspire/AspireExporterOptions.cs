using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Exporters.Aspire;

/// <summary>How spans are sent to an Aspire dashboard.</summary>
public sealed class AspireExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of the dashboard's OTLP endpoint; with HTTP, <c>/v1/traces</c> is appended unless it ends with that.</summary>
    /// <value>
    /// The default is <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, else <c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c> or its older name
    /// <c>DOTNET_DASHBOARD_OTLP_ENDPOINT_URL</c>, else <c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c> or
    /// <c>DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c>, else <c>http://localhost:4317</c>.
    /// </value>
    public override Uri? Endpoint { get; set; } = new("http://localhost:4317");

    /// <summary>Gets or sets how spans are carried; must be what the endpoint speaks.</summary>
    /// <value>
    /// The default is <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> where that names the protocol of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, HTTP where the
    /// address comes from a variable for HTTP, else <see cref="OtlpExportProtocol.Grpc"/>.
    /// </value>
    public OtlpExportProtocol Protocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>Gets or sets the key that the dashboard asks for, which is sent as <c>x-otlp-api-key</c>.</summary>
    /// <value>
    /// The default is <c>x-otlp-api-key</c> in <c>OTEL_EXPORTER_OTLP_HEADERS</c>, of which nothing else is read, else
    /// <c>DASHBOARD__OTLP__PRIMARYAPIKEY</c>, else <see langword="null"/>: none is sent.
    /// </value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiKey { get; set; }
}
