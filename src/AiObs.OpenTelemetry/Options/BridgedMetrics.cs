namespace AiObs.OpenTelemetry;

/// <summary>For which spans of other libraries token and duration metrics are recorded; those of costs, tools and agents always are.</summary>
public enum BridgedMetrics
{
    /// <summary>For libraries that do not record these metrics themselves: Semantic Kernel, Anthropic and Azure AI other than its inference client.</summary>
    Missing,

    /// <summary>For all, which counts calls twice where the meters of those libraries are subscribed to as well.</summary>
    All,
}
