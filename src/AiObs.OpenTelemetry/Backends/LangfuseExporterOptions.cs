namespace AiObs.OpenTelemetry;

/// <summary>How spans are sent to Langfuse.</summary>
public sealed class LangfuseExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of Langfuse; <c>/api/public/otel</c> and <c>/v1/traces</c> are appended unless it has them.</summary>
    /// <value>
    /// The default is <c>LANGFUSE_BASE_URL</c>, else <c>LANGFUSE_HOST</c>, else <c>https://cloud.langfuse.com/api/public/otel</c>, which is
    /// the region EU.
    /// </value>
    public override Uri? Endpoint { get; set; } = new("https://cloud.langfuse.com/api/public/otel");

    /// <summary>Gets or sets the public key of the project.</summary>
    /// <value>The default is <c>LANGFUSE_PUBLIC_KEY</c>. Must be set.</value>
    public string? PublicKey { get; set; }

    /// <summary>Gets or sets the secret key of the project.</summary>
    /// <value>The default is <c>LANGFUSE_SECRET_KEY</c>. Must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? SecretKey { get; set; }
}
