using AiObs.Guardrails;

namespace AiObs.Conversations.Guardrails;

/// <summary>The words for stages, modes and outcomes in spans, metrics and events.</summary>
internal static class GuardrailWords
{
    public const string Pass = "pass";
    public const string Failed = "failed";

    public static string Of(GuardrailStages stage) => stage switch
    {
        GuardrailStages.Input => "input",
        GuardrailStages.ToolCall => "tool_call",
        GuardrailStages.ToolResult => "tool_result",
        _ => "output",
    };

    public static string Of(GuardrailMode mode) => mode switch
    {
        GuardrailMode.Block => "block",
        GuardrailMode.Redact => "redact",
        GuardrailMode.Warn => "warn",
        _ => "shadow",
    };

    public static string OutcomeOf(GuardrailFinding? finding) => finding switch
    {
        null => Pass,
        { IsFailure: true } => Failed,
        { Mode: GuardrailMode.Block } => "blocked",
        { Mode: GuardrailMode.Redact } => "redacted",
        { Mode: GuardrailMode.Warn } => "warned",
        _ => "shadowed",
    };
}
