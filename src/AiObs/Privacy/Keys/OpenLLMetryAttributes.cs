namespace AiObs.Privacy.Keys;

/// <summary>Attribute keys of OpenLLMetry, which we read and do not write.</summary>
internal static class OpenLLMetryAttributes
{
    public const string SpanKind = "traceloop.span.kind";
    public const string WorkflowName = "traceloop.workflow.name";
    public const string EntityName = "traceloop.entity.name";
    public const string EntityPath = "traceloop.entity.path";
    public const string EntityInput = "traceloop.entity.input";
    public const string EntityOutput = "traceloop.entity.output";

    /// <summary>What an application says of a call: ids of users, sessions and the like, under names of its own.</summary>
    public const string AssociationPrefix = "traceloop.association.properties.";

    public const string AssociatedUser = AssociationPrefix + "user_id";
    public const string AssociatedSession = AssociationPrefix + "session_id";
    public const string AssociatedConversation = AssociationPrefix + "conversation_id";
    public const string AssociatedChat = AssociationPrefix + "chat_id";
    public const string AssociatedThread = AssociationPrefix + "thread_id";

    /// <summary>What kind of request it is: <c>chat</c>, <c>completion</c>, <c>embedding</c>, <c>rerank</c>.</summary>
    public const string RequestType = "llm.request.type";

    public const string User = "llm.user";
    public const string Headers = "llm.headers";
    public const string CacheReadInputTokens = "gen_ai.usage.cache_read_input_tokens";
    public const string CacheCreationInputTokens = "gen_ai.usage.cache_creation_input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning_tokens";
}
