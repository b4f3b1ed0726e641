using AiObs.Operations;

namespace AiObs.Tracing;

/// <summary>What is known when a guardrail, an evaluator or a chain has ended.</summary>
public sealed record StepStop : SpanStop
{
    /// <summary>Gets what the step yielded: a verdict, a text, or anything that can be written as JSON.</summary>
    public object? Output { get; init; }

    /// <summary>Gets the number that the step gives what it judges; <see langword="null"/> for none. One that is not finite is left out.</summary>
    public double? Score { get; init; }

    /// <summary>Gets the word that the step gives what it judges, such as <c>pass</c>: one of a few, as it is not treated as content. <see langword="null"/> for none.</summary>
    public string? Label { get; init; }

    /// <summary>Gets why, in words; content like <see cref="Output"/>, and written with a <see cref="Score"/> or <see cref="Label"/> alone.</summary>
    public string? Explanation { get; init; }

    internal override void Apply(TracerParts parts, AgentOperation operation)
    {
        var step = (StepOperation)operation;
        step.Output = parts.Masker.Value(step, new(RedactionKind.Value, IsOutput: true), Output);
        step.Score = Score is { } score && double.IsFinite(score) ? score : null;
        step.Label = string.IsNullOrWhiteSpace(Label) ? null : Label;
        step.Explanation = parts.Masker.Value(step, new(RedactionKind.Value, IsOutput: true), Explanation);
    }
}
