namespace AiObs.OpenTelemetry;

/// <summary>Where a backend keeps its data. Which of them a backend has is said beside each.</summary>
public enum BackendRegion
{
    /// <summary>The United States: Honeycomb, LangSmith, New Relic.</summary>
    Us,

    /// <summary>Europe: Honeycomb, LangSmith, New Relic.</summary>
    Eu,

    /// <summary>Asia and the Pacific: LangSmith.</summary>
    Apac,

    /// <summary>The United States on AWS: LangSmith.</summary>
    AwsUs,

    /// <summary>The United States under FedRAMP: New Relic.</summary>
    FedRamp,
}
