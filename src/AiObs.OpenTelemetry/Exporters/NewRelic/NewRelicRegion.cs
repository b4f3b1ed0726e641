namespace AiObs.OpenTelemetry.Exporters.NewRelic;

/// <summary>Where a New Relic account keeps its data.</summary>
public enum NewRelicRegion
{
    /// <summary>The United States, <c>otlp.nr-data.net</c>.</summary>
    Us,

    /// <summary>Europe, <c>otlp.eu01.nr-data.net</c>.</summary>
    Eu,

    /// <summary>The United States under FedRAMP, <c>gov-otlp.nr-data.net</c>.</summary>
    FedRamp,
}
