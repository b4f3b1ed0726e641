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
    public const string CreateAgent = "create_agent";
    public const string Plan = "plan";
    public const string SearchMemory = "search_memory";
    public const string CreateMemory = "create_memory";
    public const string UpdateMemory = "update_memory";
    public const string UpsertMemory = "upsert_memory";
    public const string DeleteMemory = "delete_memory";
    public const string CreateMemoryStore = "create_memory_store";
    public const string DeleteMemoryStore = "delete_memory_store";
    public const string Retrieval = "retrieval";

    /// <summary>The newest profile's name for a request that brings a response which was asked for earlier.</summary>
    public const string FetchResponse = "fetch_response";

    /// <summary>Returns the operation name; <see langword="null"/> for the kinds that the convention does not know.</summary>
    public static string? Of(AgentOperation operation) => operation.Foreign?.GenAIName ?? operation.Kind switch
    {
        OperationKind.Chat => operation switch
        {
            ChatOperation { IsFetch: true } => FetchResponse,
            ChatOperation { IsTextCompletion: true } => TextCompletion,
            _ => Chat,
        },
        OperationKind.Embeddings => Embeddings,
        OperationKind.Tool => ExecuteTool,
        OperationKind.Agent => InvokeAgent,
        OperationKind.Retriever => Retrieval,
        OperationKind.Chain => (operation as StepOperation)?.GenAIName,
        _ => null,
    };

    /// <summary>Tells whether spans are named after what an operation is about too. Ids of responses and memories are too many for that.</summary>
    public static bool HasTarget(string name) => name is not (FetchResponse or SearchMemory or CreateMemory or UpdateMemory or UpsertMemory
        or DeleteMemory or CreateMemoryStore or DeleteMemoryStore);

    /// <summary>Returns the name of the operation that tokens and cost are of: those that a fetched response tells of are its model's.</summary>
    public static string? OfSpend(AgentOperation operation) => operation is ChatOperation { IsFetch: true } ? Chat : Of(operation);
}
