namespace AiObs.OpenTelemetry.Exporters.LangSmith;

/// <summary>How spans are sent to LangSmith.</summary>
public sealed class LangSmithExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of the API of LangSmith; <c>/otel</c> and <c>/v1/traces</c> are appended unless it has them.</summary>
    /// <value>
    /// The default is <c>LANGSMITH_ENDPOINT</c>, else <see langword="null"/>: that of <see cref="Region"/>. Of a LangSmith that the application's
    /// owner hosts it ends with <c>/api/v1</c>.
    /// </value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets where the organization lives.</summary>
    /// <value>The default is <see cref="LangSmithRegion.Us"/>. It has no effect where <see cref="Endpoint"/> is set.</value>
    public LangSmithRegion Region { get; set; }

    /// <summary>Gets or sets the API key.</summary>
    /// <value>The default is <c>LANGSMITH_API_KEY</c>. Must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the project that traces belong to.</summary>
    /// <value>The default is <c>LANGSMITH_PROJECT</c>, else <see langword="null"/>: LangSmith takes its project <c>default</c>. Printable ASCII.</value>
    public string? ProjectName { get; set; }
}
