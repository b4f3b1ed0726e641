using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a guardrail, an evaluator or a chain starts.</summary>
public sealed record StepStart : SpanStart<StepStop>
{
    /// <summary>Gets what the step works on: a text, or anything that can be written as JSON. Required.</summary>
    public object? Input { get; init; }

    /// <summary>Gets what a chain does, where the GenAI conventions have a name for it. Guardrails and evaluators have none.</summary>
    /// <value>The default is <see cref="StepWork.None"/>.</value>
    public StepWork Work { get; init; }

    /// <summary>Gets who does that <see cref="Work"/>, in the spelling of <c>gen_ai.provider.name</c>, where it is a service that does.</summary>
    public string? Provider { get; init; }

    internal override string Kind => "step";

    /// <summary>Gets which of the three it is; the tracer's method decides.</summary>
    internal OperationKind Step { get; init; } = OperationKind.Chain;

    internal override string? FindMissing() => Input is null ? nameof(Input) : null;

    internal override AgentOperation CreateOperation(TracerParts parts, string name) => new StepOperation(Step, name)
    {
        GenAIName = Step == OperationKind.Chain ? NameOf(parts.Pipeline.Options.GenAIProfile == GenAIProfile.Latest) : null,
        WorkflowName = Work == StepWork.Workflow ? name : null,
        Provider = Provider,
    };

    internal override void Record(TracerParts parts, AgentOperation operation) =>
        operation.Input = parts.Masker.Value(operation, new(RedactionKind.Value), Input);

    private string? NameOf(bool isLatest) => (Work, isLatest) switch
    {
        (StepWork.Workflow, _) => GenAiOperationNames.InvokeWorkflow,
        (StepWork.CreateAgent, _) => GenAiOperationNames.CreateAgent,
        (_, false) => null,
        (StepWork.Plan, _) => GenAiOperationNames.Plan,
        (StepWork.SearchMemory, _) => GenAiOperationNames.SearchMemory,
        (StepWork.CreateMemory, _) => GenAiOperationNames.CreateMemory,
        (StepWork.UpdateMemory, _) => GenAiOperationNames.UpdateMemory,
        (StepWork.UpsertMemory, _) => GenAiOperationNames.UpsertMemory,
        (StepWork.DeleteMemory, _) => GenAiOperationNames.DeleteMemory,
        (StepWork.CreateMemoryStore, _) => GenAiOperationNames.CreateMemoryStore,
        (StepWork.DeleteMemoryStore, _) => GenAiOperationNames.DeleteMemoryStore,
        _ => null,
    };

    internal override StepStop StopFrom(object result) => new() { Output = result };
}
