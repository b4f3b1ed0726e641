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

    /// <summary>Gets a value indicating whether the step judged something.</summary>
    internal bool IsJudged => Score is not null || Label is not null;
}
