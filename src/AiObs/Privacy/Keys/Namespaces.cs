using AiObs.Conventions;
using AiObs.Conventions.OpenInference;

namespace AiObs.Privacy.Keys;

/// <summary>The names under which libraries put facts; what stands outside of them may be anything, for some copy a request's own options.</summary>
internal static class Namespaces
{
    private static readonly string[] Known =
    [
        "gen_ai.agent.",
        "gen_ai.conversation.",
        "gen_ai.data_source.",
        "gen_ai.embeddings.dimension",
        "gen_ai.evaluation.",
        "gen_ai.main_agent.",
        "gen_ai.memory.",
        "gen_ai.message.",
        "gen_ai.openai.response.",
        "gen_ai.operation.",
        "gen_ai.prompt.name",
        "gen_ai.prompt.version",
        "gen_ai.provider.",
        "gen_ai.realtime.",
        "gen_ai.response.",
        GenAiAttributes.RetrievalTopK,
        "gen_ai.run",
        "gen_ai.skill.",
        "gen_ai.thread.",
        "gen_ai.token.",
        GenAiAttributes.ToolCallId,
        GenAiAttributes.ToolName,
        GenAiAttributes.ToolType,
        "gen_ai.usage.",
        "gen_ai.workflow.",
        "agent.",
        "aiobs.",
        "aws.",
        "az.",
        "azure.",
        "client.",
        "code.",
        "compaction.",
        "edge_group.",
        "embedding.",
        "error.",
        "exception.",
        "executor.",
        "files.",
        "graph.",
        "http.",
        "jsonrpc.",
        "llm.",
        "mcp.",
        "message.",
        OpenInferenceAttributes.Metadata,
        "network.",
        "openai.",
        "openinference.",
        "otel.",
        "process.",
        "reranker.",
        "rpc.",
        "server.",
        "service.",
        "session.",
        OpenInferenceAttributes.Tags,
        "thread.",
        "tool.",
        "url.",
        "workflow.",
        OpenInferenceAttributes.InputMimeType,
        OpenInferenceAttributes.OutputMimeType,
    ];

    public static bool IsKnown(string key) =>
        key is "gen_ai.system" || Array.Exists(Known, prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
