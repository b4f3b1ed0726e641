using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>What the built-in events say of agents and tools, and of the calls inside of them.</summary>
internal static class RunFacts
{
    public static EventData AgentCompleted(AgentRunOperation agent)
    {
        var totals = agent.Totals.Read();
        var facts = new FactList(14);
        AddName(ref facts, agent);
        facts.AddEnd(agent.Outcome, agent.Duration);
        facts.Add(EventDataKeys.ErrorType, agent.Error?.Type);
        facts.Add(EventDataKeys.ExceptionType, agent.Error?.ExceptionType);

        // Where none was seen, those count that the agent was told of.
        facts.Add(EventDataKeys.ModelCalls, totals.ModelCalls > 0 ? totals.ModelCalls : agent.Iterations);
        facts.Add(EventDataKeys.ToolCalls, Math.Max(totals.ToolCalls, agent.ToolCallCount ?? 0) is > 0 and var tools ? tools : agent.ToolCallCount);
        facts.Add(EventDataKeys.InputTokens, totals.InputTokens);
        facts.Add(EventDataKeys.OutputTokens, totals.OutputTokens);
        facts.AddAmount(totals.Amount, totals.Completeness);
        return facts.ToData();
    }

    public static EventData Slow(AgentOperation run, TimeSpan threshold)
    {
        var facts = new FactList(6);
        AddName(ref facts, run);
        facts.AddEnd(run.Outcome, run.Duration);
        facts.Add(EventDataKeys.Threshold, threshold);
        return facts.ToData();
    }

    public static EventData Expensive(AgentOperation run, decimal threshold)
    {
        var totals = run.Totals!.Read();
        var facts = new FactList(7);
        AddName(ref facts, run);
        facts.AddAmount(totals.Amount, totals.Completeness);
        facts.Add(EventDataKeys.Threshold, threshold);
        return facts.ToData();
    }

    /// <summary>Adds what ran; room for three facts is needed.</summary>
    private static void AddName(ref FactList facts, AgentOperation run)
    {
        facts.Add(EventDataKeys.Operation, GenAiOperationNames.Of(run));
        if (run is ToolOperation tool)
        {
            facts.Add(EventDataKeys.Tool, tool.Name);
            facts.Add(EventDataKeys.Agent, tool.AgentName);
        }
        else
        {
            facts.Add(EventDataKeys.Agent, run.Name);
            facts.Add(EventDataKeys.AgentId, (run as AgentRunOperation)?.AgentId);
        }
    }
}
