namespace AiObs.Operations;

/// <summary>Values of <c>gen_ai.operation.name</c>.</summary>
internal static class GenAiOperationNames
{
    public const string Chat = "chat";
    public const string TextCompletion = "text_completion";
    public const string GenerateContent = "generate_content";
    public const string Embeddings = "embeddings";
    public const string ExecuteTool = "execute_tool";
    public const string InvokeAgent = "invoke_agent";
    public const string InvokeWorkflow = "invoke_workflow";
    public const string Retrieval = "retrieval";

    /// <summary>Returns the operation name; <see langword="null"/> for the kinds that the convention does not know.</summary>
    public static string? Of(AgentOperation operation) => operation.Foreign?.GenAIName ?? operation.Kind switch
    {
        OperationKind.Chat => operation is ChatOperation { IsTextCompletion: true } ? TextCompletion : Chat,
        OperationKind.Embeddings => Embeddings,
        OperationKind.Tool => ExecuteTool,
        OperationKind.Agent => InvokeAgent,
        OperationKind.Retriever => Retrieval,
        _ => null,
    };
}
