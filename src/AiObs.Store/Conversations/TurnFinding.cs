namespace AiObs.Store;

/// <summary>What a guardrail found in a turn.</summary>
/// <param name="Policy">The name of the guardrail.</param>
/// <param name="Mode">What followed, such as <c>block</c>.</param>
/// <param name="Stage">Where it looked, such as <c>input</c>.</param>
/// <param name="Reason">What it found, in words, without what was said.</param>
/// <param name="Score">How sure that is, between 0 and 1.</param>
/// <param name="Hits">How many hits there were; 0 where it failed.</param>
/// <param name="IsFailure">Whether it failed to look.</param>
/// <param name="Tool">The tool that was called, where that was looked at.</param>
/// <param name="CallId">The id of that call.</param>
public sealed record TurnFinding(string Policy, string Mode, string Stage, string Reason, double Score, int Hits, bool IsFailure, string? Tool = null, string? CallId = null);
