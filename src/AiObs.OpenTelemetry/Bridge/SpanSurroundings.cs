using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Keeps with a span of another library what was ambient when it started: streams often end in a flow of somebody else's.</summary>
internal static class SpanSurroundings
{
    private const string ScopeProperty = "AiObs.Scope";
    private const string InsideProperty = "AiObs.Inside";
    private const string AgentProperty = "AiObs.InAgent";

    public static void Remember(Activity span)
    {
        if (AgentContext.Capture() is { } scope)
        {
            span.SetCustomProperty(ScopeProperty, scope);
        }

        if (AmbientOperation.Current is ModelOperation { Outcome: OperationOutcome.Running, Activity: null } call)
        {
            span.SetCustomProperty(InsideProperty, call);
        }

        if (AmbientOperation.Current is { } around && (around as AgentRunOperation ?? around.FindOwnAgentRun()) is { } agent)
        {
            span.SetCustomProperty(AgentProperty, agent);
        }
    }

    /// <summary>Returns the run of an agent of ours that a span started in, where the given span is the agent's.</summary>
    public static AgentRunOperation? FindAgent(Activity span, Activity agentSpan) =>
        span.GetCustomProperty(AgentProperty) is AgentRunOperation agent && ReferenceEquals(agent.Activity, agentSpan) ? agent : null;

    /// <summary>Tells whether a span started inside of a model call of ours that has no span.</summary>
    public static bool IsInsideUntracedCall(Activity span) => span.GetCustomProperty(InsideProperty) is not null;

    /// <summary>Runs something in the scope that a span started in.</summary>
    public static void RunInScope<TState>(Activity span, TState state, Action<TState> action)
    {
        var scope = span.GetCustomProperty(ScopeProperty) as AgentContext;
        var current = AgentContext.Capture();
        if (ReferenceEquals(scope, current))
        {
            action(state);
            return;
        }

        AgentContext.PutBack(scope);
        try
        {
            action(state);
        }
        finally
        {
            AgentContext.PutBack(current);
        }
    }
}
