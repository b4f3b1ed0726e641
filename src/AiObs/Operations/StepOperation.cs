namespace AiObs.Operations;

/// <summary>A step that has an input and an output, and a judgement where it judges: a guardrail, an evaluator or a chain.</summary>
public sealed class StepOperation : AgentOperation
{
    internal StepOperation(OperationKind kind, string name)
        : base(kind) => Name = name;

    /// <summary>Gets the number that the step gave; <see langword="null"/> where it gave none.</summary>
    public double? Score { get; internal set; }

    /// <summary>Gets the word that the step gave, such as <c>pass</c>; <see langword="null"/> where it gave none.</summary>
    public string? Label { get; internal set; }

    /// <summary>Gets why; <see langword="null"/> unless content is recorded.</summary>
    public RecordedValue? Explanation { get; internal set; }

    /// <summary>Gets or sets its <c>gen_ai.operation.name</c>; <see langword="null"/> where the convention has none for it.</summary>
    internal string? GenAIName { get; set; }

    /// <summary>Gets or sets the name of the workflow that it is the run of; <see langword="null"/> where it is none, or nobody said which.</summary>
    internal string? WorkflowName { get; set; }

    /// <summary>Gets or sets who does it, where that is a service with a name.</summary>
    internal string? Provider { get; set; }

    /// <summary>Gets a value indicating whether the step judged something.</summary>
    internal bool IsJudged => Score is not null || Label is not null;
}
