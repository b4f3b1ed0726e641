namespace AiObs.OpenTelemetry;

/// <summary>The backends that <c>AddOtlpBackend</c> knows: their addresses, the headers and environment variables they ask for, and their limits.</summary>
public enum OtlpBackend
{
    /// <summary>Any backend that speaks OTLP, such as a collector.</summary>
    Generic,

    /// <summary>The dashboard of Aspire, started by an AppHost or by itself.</summary>
    Aspire,

    /// <summary>Datadog, for Agent Observability (formerly LLM Observability), with no agent in between.</summary>
    Datadog,

    /// <summary>Dynatrace, as a service, through an ActiveGate or a OneAgent.</summary>
    Dynatrace,

    /// <summary>The OTLP gateway of Grafana Cloud.</summary>
    GrafanaCloud,

    /// <summary>Honeycomb, or a Refinery before it.</summary>
    Honeycomb,

    /// <summary>LangSmith, in its cloud or hosted by the application's owner.</summary>
    LangSmith,

    /// <summary>New Relic.</summary>
    NewRelic,
}
