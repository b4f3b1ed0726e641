namespace AiObs.Guardrails;

/// <summary>What came of a guardrail that found something or failed.</summary>
/// <param name="Policy">The name of the guardrail.</param>
/// <param name="Mode">What follows: the mode of its rule, or where it failed, <see cref="GuardrailRule.OnFailure"/>.</param>
/// <param name="Stage">Where it looked.</param>
/// <param name="Reason">What it found, in words that a person understands, without what was said.</param>
/// <param name="Score">How sure that is, between 0 and 1: that of the surest hit.</param>
/// <param name="Hits">How many hits there were; 0 where it failed.</param>
/// <param name="Duration">How long it looked.</param>
/// <param name="IsFailure">Whether it threw, was too late, or what it refused was done nevertheless.</param>
public sealed record GuardrailFinding(
    string Policy, GuardrailMode Mode, GuardrailStages Stage, string Reason, double Score, int Hits, TimeSpan Duration, bool IsFailure = false)
{
    /// <summary>Gets the tool that was called, where the stage is that of a tool's call or result.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets the id of that call.</summary>
    public string? CallId { get; init; }
}
