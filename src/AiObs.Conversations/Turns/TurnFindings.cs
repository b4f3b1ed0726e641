using AiObs.Conversations.Guardrails;
using AiObs.Guardrails;
using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Turns what guardrails found into what is stored of it, and back.</summary>
internal static class TurnFindings
{
    private static readonly GuardrailStages[] Stages = [GuardrailStages.Input, GuardrailStages.ToolCall, GuardrailStages.ToolResult, GuardrailStages.Output];

    private static readonly GuardrailMode[] Modes = [GuardrailMode.Block, GuardrailMode.Redact, GuardrailMode.Warn, GuardrailMode.Shadow];

    public static IReadOnlyList<TurnFinding> ToStored(IReadOnlyList<GuardrailFinding> findings) => [.. findings.Select(static finding => new TurnFinding(
        finding.Policy,
        GuardrailWords.Of(finding.Mode),
        GuardrailWords.Of(finding.Stage),
        finding.Reason,
        finding.Score,
        finding.Hits,
        finding.IsFailure,
        finding.Tool,
        finding.CallId))];

    public static IReadOnlyList<GuardrailFinding> FromStored(IReadOnlyList<TurnFinding> findings) => [.. findings.Select(static finding => new GuardrailFinding(
        finding.Policy,
        Array.Find(Modes, mode => GuardrailWords.Of(mode) == finding.Mode),
        Array.Find(Stages, stage => GuardrailWords.Of(stage) == finding.Stage),
        finding.Reason,
        finding.Score,
        finding.Hits,
        TimeSpan.Zero,
        finding.IsFailure)
    {
        Tool = finding.Tool,
        CallId = finding.CallId,
    })];
}
