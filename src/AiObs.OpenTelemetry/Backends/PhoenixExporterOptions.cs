namespace AiObs.OpenTelemetry;

/// <summary>How spans are sent to Arize Phoenix.</summary>
public sealed class PhoenixExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of Phoenix, to which <c>/v1/traces</c> is appended unless it ends with that.</summary>
    /// <value>The default is <c>PHOENIX_COLLECTOR_ENDPOINT</c>, else <c>http://localhost:6006</c>. The port must be that of HTTP, not of gRPC.</value>
    public override Uri? Endpoint { get; set; } = new("http://localhost:6006");

    /// <summary>Gets or sets the API key, which is sent as a bearer token.</summary>
    /// <value>The default is <c>PHOENIX_API_KEY</c>, else <see langword="null"/>: none is sent, as a local Phoenix needs none.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the project that spans belong to.</summary>
    /// <value>The default is <c>PHOENIX_PROJECT_NAME</c>, else <see langword="null"/>: Phoenix takes its project <c>default</c>.</value>
    /// <remarks>
    /// It is the attribute <c>openinference.project.name</c> of the provider's resource, which all exporters of a provider share: of two
    /// exporters with different projects the one added last wins, for both. To send to two projects, build two tracer providers.
    /// </remarks>
    public string? ProjectName { get; set; }
}
