namespace AiObs.OpenTelemetry;

/// <summary>What becomes of the token totals that other libraries write on their agent spans, which repeat those of the model calls inside.</summary>
public enum AgentTotals
{
    /// <summary>They stay; backends that add up all spans count these tokens twice.</summary>
    Keep,

    /// <summary>They move from <c>gen_ai.usage.*</c> to <c>aiobs.agent.usage.*</c>, which no backend adds up.</summary>
    Move,
}
