namespace AiObs.Operations;

/// <summary>Something that a policy, such as a budget or a guardrail, refused, changed or warned of.</summary>
/// <param name="Policy">The kind of policy: <c>budget</c> for budgets, the name of a guardrail.</param>
/// <param name="Reason">What was violated, in words that a person understands.</param>
/// <param name="Details">The facts, by the keys that they have on the span event.</param>
public sealed record PolicyViolation(string Policy, string Reason, IReadOnlyDictionary<string, object?> Details)
{
    /// <summary>Gets for whom the call was made.</summary>
    public OperationContext Context { get; init; } = OperationContext.Empty;

    /// <summary>Gets the operation that the call was part of, such as an agent run; <see langword="null"/> outside of all.</summary>
    public AgentOperation? Operation { get; init; }
}
