namespace AiObs.OpenTelemetry.Exporters.Honeycomb;

/// <summary>How spans are sent to Honeycomb.</summary>
public sealed class HoneycombExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of Honeycomb or of a Refinery before it; <c>/v1/traces</c> is appended unless it ends with that.</summary>
    /// <value>The default is <c>HONEYCOMB_API_ENDPOINT</c>, else <see langword="null"/>: that of <see cref="Region"/>.</value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets where the team keeps its data.</summary>
    /// <value>The default is <see cref="HoneycombRegion.Us"/>. It has no effect where <see cref="Endpoint"/> is set.</value>
    public HoneycombRegion Region { get; set; }

    /// <summary>Gets or sets the ingest key of the environment.</summary>
    /// <value>The default is <c>HONEYCOMB_API_KEY</c>. Must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets the dataset, which only Honeycomb Classic asks for.</summary>
    /// <value>
    /// The default is <c>HONEYCOMB_DATASET</c>, else <see langword="null"/>: Honeycomb takes the name of the service. Printable ASCII.
    /// </value>
    public string? Dataset { get; set; }
}
