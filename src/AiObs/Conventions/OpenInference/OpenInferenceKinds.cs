using AiObs.Operations;

namespace AiObs.Conventions.OpenInference;

/// <summary>Values of <c>openinference.span.kind</c>.</summary>
internal static class OpenInferenceKinds
{
    public static string Of(OperationKind kind) => kind switch
    {
        OperationKind.Chat => "LLM",
        OperationKind.Embeddings => "EMBEDDING",
        OperationKind.Tool => "TOOL",
        OperationKind.Agent => "AGENT",
        OperationKind.Prompt => "PROMPT",
        OperationKind.Retriever => "RETRIEVER",
        OperationKind.Reranker => "RERANKER",
        OperationKind.Guardrail => "GUARDRAIL",
        OperationKind.Evaluator => "EVALUATOR",
        _ => "CHAIN",
    };
}
