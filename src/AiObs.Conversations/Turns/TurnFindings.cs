using AiObs.Guardrails;
using AiObs.Store;

namespace AiObs.Conversations.Turns;

/// <summary>Turns what guardrails found into what is stored of it, and back.</summary>
internal static class TurnFindings
{
    private static readonly (GuardrailStages Stage, string Name)[] Stages =
    [
        (GuardrailStages.Input, "input"), (GuardrailStages.ToolCall, "tool_call"), (GuardrailStages.ToolResult, "tool_result"), (GuardrailStages.Output, "output"),
    ];

    private static readonly (GuardrailMode Mode, string Name)[] Modes =
    [
        (GuardrailMode.Block, "block"), (GuardrailMode.Redact, "redact"), (GuardrailMode.Warn, "warn"), (GuardrailMode.Shadow, "shadow"),
    ];

    public static IReadOnlyList<TurnFinding> ToStored(IReadOnlyList<GuardrailFinding> findings) => [.. findings.Select(static finding => new TurnFinding(
        finding.Policy,
        Array.Find(Modes, mode => mode.Mode == finding.Mode).Name,
        Array.Find(Stages, stage => stage.Stage == finding.Stage).Name,
        finding.Reason,
        finding.Score,
        finding.Hits,
        finding.IsFailure,
        finding.Tool,
        finding.CallId))];

    public static IReadOnlyList<GuardrailFinding> FromStored(IReadOnlyList<TurnFinding> findings) => [.. findings.Select(static finding => new GuardrailFinding(
        finding.Policy,
        Array.Find(Modes, mode => mode.Name == finding.Mode).Mode,
        Array.Find(Stages, stage => stage.Name == finding.Stage).Stage,
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
