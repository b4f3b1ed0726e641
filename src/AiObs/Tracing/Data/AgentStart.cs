using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when an agent starts to run.</summary>
public sealed record AgentStart : SpanStart<AgentStop>
{
    /// <summary>Gets what the agent is asked: a text, or anything that can be written as JSON. Required.</summary>
    public object? Input { get; init; }

    /// <summary>Gets the agent's stable id, where it has one.</summary>
    public string? Id { get; init; }

    /// <summary>Gets what the agent is for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the agent's version.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the provider of the agent's model, in the spelling of <c>gen_ai.provider.name</c>, where the agent has exactly one.</summary>
    public string? Provider { get; init; }

    internal override string Kind => "agent";

    internal override string? FindMissing() => Input is null ? nameof(Input) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new AgentRunOperation(name)
    {
        AgentId = Id,
        Description = Description,
        Version = Version,
        Provider = Provider,
    };

    internal override void Record(TracerParts parts, AgentOperation operation) =>
        operation.Input = parts.Masker.Value(operation, new(RedactionKind.Value), Input);

    internal override AgentStop StopFrom(object result) => new() { Output = result };
}
