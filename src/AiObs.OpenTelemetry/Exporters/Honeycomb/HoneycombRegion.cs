namespace AiObs.OpenTelemetry.Exporters.Honeycomb;

/// <summary>Where a Honeycomb team keeps its data.</summary>
public enum HoneycombRegion
{
    /// <summary>The United States, <c>api.honeycomb.io</c>.</summary>
    Us,

    /// <summary>Europe, <c>api.eu1.honeycomb.io</c>.</summary>
    Eu,
}
