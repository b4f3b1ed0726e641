namespace AiObs.OpenTelemetry.Exporters.Datadog;

/// <summary>How spans are sent to Datadog.</summary>
/// <remarks>
/// Requests hold at most 128 spans unless <see cref="BackendExporterOptionsBase.BatchSize"/> says otherwise: Datadog refuses more than 3.2 MB.
/// The resource, which all exporters of a provider share, gets <c>dd_llmobs_enabled</c>.
/// </remarks>
public sealed class DatadogExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of the intake, to which <c>/v1/traces</c> is appended unless it ends with that.</summary>
    /// <value>The default is <see langword="null"/>: <c>https://otlp.{Site}</c>.</value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets the Datadog site, such as <c>datadoghq.eu</c> or <c>us5.datadoghq.com</c>.</summary>
    /// <value>
    /// The default is <c>DD_SITE</c>, else <c>datadoghq.com</c>. Lower-case letters, digits, hyphens and dots. It has no effect where
    /// <see cref="Endpoint"/> is set.
    /// </value>
    public string Site { get; set; } = "datadoghq.com";

    /// <summary>Gets or sets the API key.</summary>
    /// <value>The default is <c>DD_API_KEY</c>. Must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the application that traces are grouped under in Agent Observability.</summary>
    /// <value>
    /// The default is <c>DD_LLMOBS_ML_APP</c>, else <see langword="null"/>: Datadog takes the name of the service. Printable ASCII.
    /// </value>
    public string? MlApp { get; set; }
}
