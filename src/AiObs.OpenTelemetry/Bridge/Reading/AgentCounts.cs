using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Keeps with the agent span of another library what was counted inside of it.</summary>
internal static class AgentCounts
{
    private const string Property = "AiObs.Agent";

    /// <summary>Returns the run that a span stands for; all of it but its counts is read at its end.</summary>
    public static AgentRunOperation Of(Activity span)
    {
        if (span.GetCustomProperty(Property) is AgentRunOperation known)
        {
            return known;
        }

        var agent = new AgentRunOperation(name: null);
        span.SetCustomProperty(Property, agent);
        return agent;
    }
}
