namespace AiObs.OpenTelemetry.Exporters.Dynatrace;

/// <summary>How spans are sent to Dynatrace.</summary>
public sealed class DynatraceExporterOptions : BackendExporterOptionsBase
{
    /// <summary>
    /// Gets or sets the address of the environment or of an ActiveGate; <c>/api/v2/otlp</c> is appended unless the path has <c>/otlp</c>, and
    /// <c>/v1/traces</c> unless it ends with that.
    /// </summary>
    /// <value>The default is <c>DT_ENDPOINT</c>, else <see langword="null"/>: <c>https://{EnvironmentId}.live.dynatrace.com</c>.</value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the id of the environment, such as <c>abc12345</c>.</summary>
    /// <value>There is no default. Lower-case letters, digits and hyphens. Must be set unless <see cref="Endpoint"/> is.</value>
    public string? EnvironmentId { get; set; }

    /// <summary>Gets or sets an access token with the scope <c>openTelemetryTrace.ingest</c>, which is sent as <c>Api-Token</c>.</summary>
    /// <value>The default is <c>DT_API_TOKEN</c>. Either it or <see cref="PlatformToken"/> must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiToken { get; set; }

    /// <summary>Gets or sets a platform token with the scope <c>openpipeline:traces:ingest</c>, which is sent as a bearer token.</summary>
    /// <value>The default is <c>DT_PLATFORM_TOKEN</c>. It is used where both are set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? PlatformToken { get; set; }
}
