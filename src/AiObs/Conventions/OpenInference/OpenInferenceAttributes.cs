namespace AiObs.Conventions.OpenInference;

/// <summary>Attribute keys of OpenInference. Keys of lists are built from a prefix, an index and a leaf.</summary>
internal static class OpenInferenceAttributes
{
    public const string SpanKind = "openinference.span.kind";
    public const string InputValue = "input.value";
    public const string InputMimeType = "input.mime_type";
    public const string OutputValue = "output.value";
    public const string OutputMimeType = "output.mime_type";
    public const string Metadata = "metadata";
    public const string Tags = "tag.tags";

    public const string LlmSystem = "llm.system";
    public const string LlmProvider = "llm.provider";
    public const string LlmModelName = "llm.model_name";
    public const string LlmRequestModelName = "llm.request.model_name";
    public const string LlmResponseModelName = "llm.response.model_name";
    public const string LlmInvocationParameters = "llm.invocation_parameters";
    public const string LlmFinishReason = "llm.finish_reason";
    public const string LlmInputMessages = "llm.input_messages";
    public const string LlmOutputMessages = "llm.output_messages";
    public const string LlmTools = "llm.tools";
    public const string ToolJsonSchemaLeaf = "tool.json_schema";

    public const string TokenCountPrompt = "llm.token_count.prompt";
    public const string TokenCountCompletion = "llm.token_count.completion";
    public const string TokenCountTotal = "llm.token_count.total";
    public const string TokenCountCacheRead = "llm.token_count.prompt_details.cache_read";
    public const string TokenCountCacheWrite = "llm.token_count.prompt_details.cache_write";
    public const string TokenCountPromptAudio = "llm.token_count.prompt_details.audio";
    public const string TokenCountReasoning = "llm.token_count.completion_details.reasoning";
    public const string TokenCountCompletionAudio = "llm.token_count.completion_details.audio";

    public const string CostPrompt = "llm.cost.prompt";
    public const string CostCompletion = "llm.cost.completion";
    public const string CostTotal = "llm.cost.total";
    public const string CostInput = "llm.cost.prompt_details.input";
    public const string CostCacheRead = "llm.cost.prompt_details.cache_read";
    public const string CostCacheWrite = "llm.cost.prompt_details.cache_write";
    public const string CostInputAudio = "llm.cost.prompt_details.audio";
    public const string CostOutput = "llm.cost.completion_details.output";
    public const string CostReasoning = "llm.cost.completion_details.reasoning";
    public const string CostOutputAudio = "llm.cost.completion_details.audio";

    public const string MessageRole = "message.role";
    public const string MessageName = "message.name";
    public const string MessageContent = "message.content";
    public const string MessageContents = "message.contents";
    public const string MessageToolCalls = "message.tool_calls";
    public const string MessageToolCallId = "message.tool_call_id";
    public const string ContentType = "message_content.type";
    public const string ContentText = "message_content.text";
    public const string ContentImageUrl = "message_content.image.image.url";
    public const string ContentAudioUrl = "message_content.audio.audio.url";
    public const string ContentVideoUrl = "message_content.video.video.url";
    public const string ContentSignature = "message_content.signature";
    public const string ContentData = "message_content.data";
    public const string ContentEncrypted = "message_content.encrypted_content";
    public const string ToolCallId = "tool_call.id";
    public const string ToolCallFunctionName = "tool_call.function.name";
    public const string ToolCallFunctionArguments = "tool_call.function.arguments";

    public const string LlmPrompts = "llm.prompts";
    public const string LlmChoices = "llm.choices";
    public const string PromptText = "prompt.text";
    public const string CompletionText = "completion.text";

    public const string PromptTemplate = "llm.prompt_template.template";
    public const string PromptTemplateVersion = "llm.prompt_template.version";
    public const string PromptTemplateVariables = "llm.prompt_template.variables";

    public const string EmbeddingModelName = "embedding.model_name";
    public const string EmbeddingInvocationParameters = "embedding.invocation_parameters";
    public const string Embeddings = "embedding.embeddings";
    public const string EmbeddingText = "embedding.text";
    public const string EmbeddingVector = "embedding.vector";

    public const string ToolName = "tool.name";
    public const string ToolDescription = "tool.description";
    public const string ToolId = "tool.id";
    public const string ToolParameters = "tool.parameters";
    public const string AgentName = "agent.name";
    public const string GraphNodeId = "graph.node.id";

    public const string EvaluationName = "evaluations.0.evaluation.name";
    public const string EvaluationScore = "evaluations.0.evaluation.score";
    public const string EvaluationLabel = "evaluations.0.evaluation.label";
    public const string EvaluationExplanation = "evaluations.0.evaluation.explanation";

    public const string RetrievalDocuments = "retrieval.documents";
    public const string RerankerQuery = "reranker.query";
    public const string RerankerModelName = "reranker.model_name";
    public const string RerankerTopK = "reranker.top_k";
    public const string RerankerInputDocuments = "reranker.input_documents";
    public const string RerankerOutputDocuments = "reranker.output_documents";
    public const string DocumentId = "document.id";
    public const string DocumentContent = "document.content";
    public const string DocumentScore = "document.score";
    public const string DocumentMetadata = "document.metadata";
}
