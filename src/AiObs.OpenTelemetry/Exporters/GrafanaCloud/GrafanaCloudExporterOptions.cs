namespace AiObs.OpenTelemetry.Exporters.GrafanaCloud;

/// <summary>How spans are sent to Grafana Cloud.</summary>
public sealed class GrafanaCloudExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the OTLP endpoint of the stack; <c>/otlp</c> and <c>/v1/traces</c> are appended unless it has them.</summary>
    /// <value>The default is <see langword="null"/>: <c>https://otlp-gateway-{Zone}.grafana.net/otlp</c>.</value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the zone of the stack, such as <c>prod-eu-west-2</c>: the part of its OTLP endpoint behind <c>otlp-gateway-</c>.</summary>
    /// <value>The default is <c>GRAFANA_CLOUD_ZONE</c>. Lower-case letters, digits and hyphens. Must be set unless <see cref="Endpoint"/> is.</value>
    public string? Zone { get; set; }

    /// <summary>Gets or sets the id of the stack's OTLP instance.</summary>
    /// <value>The default is <c>GRAFANA_CLOUD_INSTANCE_ID</c>. Digits. Must be set.</value>
    public string? InstanceId { get; set; }

    /// <summary>Gets or sets the token of an access policy that may write traces.</summary>
    /// <value>The default is <c>GRAFANA_CLOUD_API_KEY</c>. Must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? Token { get; set; }
}
