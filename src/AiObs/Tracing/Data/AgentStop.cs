using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when an agent has run.</summary>
public sealed record AgentStop : SpanStop
{
    /// <summary>Gets what the agent answered: a text, or anything that can be written as JSON.</summary>
    public object? Output { get; init; }

    /// <summary>Gets the tools that ran without being observed; observed ones are counted anyway.</summary>
    public IReadOnlyList<string>? ToolsUsed { get; init; }

    /// <summary>Gets how many model calls were made; <see langword="null"/> leaves it to the ones that were observed.</summary>
    public int? Iterations { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation)
    {
        var agent = (AgentRunOperation)operation;
        agent.Output = parts.Masker.Value(agent, new(RedactionKind.Value, IsOutput: true), Output);
        agent.AddTools(ToolsUsed);
        if (Iterations is { } iterations)
        {
            agent.SetIterations(iterations);
        }
    }
}
