namespace AiObs.OpenTelemetry;

/// <summary>The root that the application names for spans of other libraries.</summary>
/// <param name="Observability">The root.</param>
internal sealed record GivenRoot(AgentObservability Observability);
