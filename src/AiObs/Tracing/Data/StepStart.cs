using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a guardrail, an evaluator or a chain starts.</summary>
public sealed record StepStart : SpanStart<StepStop>
{
    /// <summary>Gets what the step works on: a text, or anything that can be written as JSON. Required.</summary>
    public object? Input { get; init; }

    internal override string Kind => "step";

    /// <summary>Gets which of the three it is; the tracer's method decides.</summary>
    internal OperationKind Step { get; init; } = OperationKind.Chain;

    internal override string? FindMissing() => Input is null ? nameof(Input) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new StepOperation(Step, name);

    internal override void Record(TracerParts parts, AgentOperation operation) =>
        operation.Input = parts.Masker.Value(operation, new(RedactionKind.Value), Input);

    internal override StepStop StopFrom(object result) => new() { Output = result };
}
