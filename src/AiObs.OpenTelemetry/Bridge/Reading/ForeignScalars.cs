namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Keys of single values that other libraries write and we do not.</summary>
internal static class ForeignScalars
{
    public const string System = "gen_ai.system";
    public const string FinishReason = "gen_ai.response.finish_reason";
    public const string ReasoningEffort = "gen_ai.request.reasoning.effort";
    public const string OldSeed = "gen_ai.openai.request.seed";
    public const string ThreadId = "gen_ai.thread.id";

    public const string UsagePrefix = "gen_ai.usage.";
    public const string PromptTokens = "gen_ai.usage.prompt_tokens";
    public const string CompletionTokens = "gen_ai.usage.completion_tokens";
    public const string InputAudioTokens = "gen_ai.usage.input_audio_tokens";
    public const string InputTextTokens = "gen_ai.usage.input_text_tokens";
    public const string OutputAudioTokens = "gen_ai.usage.output_audio_tokens";
    public const string OutputTextTokens = "gen_ai.usage.output_text_tokens";

    public const string OldRequestServiceTier = "gen_ai.openai.request.service_tier";
    public const string OldResponseServiceTier = "gen_ai.openai.response.service_tier";

    public const string McpMethod = "mcp.method.name";
    public const string ExecutorId = "executor.id";
    public const string WorkflowName = "workflow.name";
}
