namespace AiObs.Operations;

/// <summary>A step that has an input and an output and nothing more: a guardrail, an evaluator or a chain.</summary>
public sealed class StepOperation : AgentOperation
{
    internal StepOperation(OperationKind kind, string name)
        : base(kind) => Name = name;
}
