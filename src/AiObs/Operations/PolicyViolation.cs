namespace AiObs.Operations;

/// <summary>A call that a policy, such as a budget, refused or would rather have refused.</summary>
/// <param name="Policy">The kind of policy: <c>budget</c> for budgets.</param>
/// <param name="Reason">What was violated, in words that a person understands.</param>
/// <param name="Details">The facts, by the keys that they have on the span event.</param>
public sealed record PolicyViolation(string Policy, string Reason, IReadOnlyDictionary<string, object?> Details)
{
    /// <summary>Gets for whom the call was made.</summary>
    public OperationContext Context { get; init; } = OperationContext.Empty;

    /// <summary>Gets the operation that the call was part of, such as an agent run; <see langword="null"/> outside of all.</summary>
    public AgentOperation? Operation { get; init; }
}
