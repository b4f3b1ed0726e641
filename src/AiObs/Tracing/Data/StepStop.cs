using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a guardrail, an evaluator or a chain has ended.</summary>
public sealed record StepStop : SpanStop
{
    /// <summary>Gets what the step yielded: a verdict, a score, a text, or anything that can be written as JSON.</summary>
    public object? Output { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation) =>
        operation.Output = parts.Masker.Value(operation, new(RedactionKind.Value, IsOutput: true), Output);
}
