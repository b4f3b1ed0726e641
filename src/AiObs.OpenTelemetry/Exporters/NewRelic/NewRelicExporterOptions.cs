namespace AiObs.OpenTelemetry.Exporters.NewRelic;

/// <summary>How spans are sent to New Relic.</summary>
/// <remarks>
/// Requests are compressed, and hold at most 64 spans unless <see cref="BackendExporterOptionsBase.BatchSize"/> says otherwise: New Relic
/// refuses more than 1 MB.
/// </remarks>
public sealed class NewRelicExporterOptions : BackendExporterOptionsBase
{
    /// <summary>Gets or sets the address of New Relic, to which <c>/v1/traces</c> is appended unless it ends with that.</summary>
    /// <value>The default is <see langword="null"/>: that of <see cref="Region"/>.</value>
    public override Uri? Endpoint { get; set; }

    /// <summary>Gets or sets where the account keeps its data.</summary>
    /// <value>The default is <see cref="NewRelicRegion.Us"/>. It has no effect where <see cref="Endpoint"/> is set.</value>
    public NewRelicRegion Region { get; set; }

    /// <summary>Gets or sets the license key of the account.</summary>
    /// <value>The default is <c>NEW_RELIC_LICENSE_KEY</c>. Must be set.</value>
    /// <remarks>A secret: it is sent to <see cref="Endpoint"/> and shown nowhere.</remarks>
    public string? LicenseKey { get; set; }
}
