namespace AiObs.Conventions;

/// <summary>Attribute keys of the OpenTelemetry GenAI semantic conventions, and the general ones that they refer to.</summary>
internal static class GenAiAttributes
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string SessionId = "session.id";
    public const string UserId = "user.id";
    public const string ConversationCompacted = "gen_ai.conversation.compacted";
    public const string OutputType = "gen_ai.output.type";
    public const string SystemInstructions = "gen_ai.system_instructions";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";

    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string RequestTopK = "gen_ai.request.top_k";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestFrequencyPenalty = "gen_ai.request.frequency_penalty";
    public const string RequestPresencePenalty = "gen_ai.request.presence_penalty";
    public const string RequestSeed = "gen_ai.request.seed";
    public const string RequestStopSequences = "gen_ai.request.stop_sequences";
    public const string RequestChoiceCount = "gen_ai.request.choice.count";
    public const string RequestEncodingFormats = "gen_ai.request.encoding_formats";
    public const string RequestReasoningLevel = "gen_ai.request.reasoning.level";
    public const string RequestPreviousResponseId = "gen_ai.request.previous_response.id";

    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";

    /// <summary>On spans of fetched responses, in profile <see cref="GenAIProfile.Latest"/>.</summary>
    public const string ResponseStatus = "gen_ai.response.status";
    public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";

    public const string UsageInputTokens = "gen_ai.usage.input_tokens";
    public const string UsageOutputTokens = "gen_ai.usage.output_tokens";
    /// <summary>No part of the conventions; some backends read it as the cost, others add it to the tokens.</summary>
    public const string UsageCost = "gen_ai.usage.cost";

    public const string UsageCacheReadInputTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string UsageReasoningOutputTokens = "gen_ai.usage.reasoning.output_tokens";

    /// <summary>The spelling of profile <see cref="GenAIProfile.V1_41"/>.</summary>
    public const string UsageCacheCreationInputTokens = "gen_ai.usage.cache_creation.input_tokens";

    /// <summary>The spelling of profile <see cref="GenAIProfile.Latest"/>.</summary>
    public const string UsageCacheWriteInputTokens = "gen_ai.usage.cache_write.input_tokens";

    public const string UsageTextInputTokens = "gen_ai.usage.text.input_tokens";
    public const string UsageTextOutputTokens = "gen_ai.usage.text.output_tokens";
    public const string UsageAudioInputTokens = "gen_ai.usage.audio.input_tokens";
    public const string UsageAudioOutputTokens = "gen_ai.usage.audio.output_tokens";

    public const string OpenAIApiType = "openai.api.type";
    public const string OpenAIRequestServiceTier = "openai.request.service_tier";
    public const string OpenAIResponseServiceTier = "openai.response.service_tier";
    public const string OpenAIResponseSystemFingerprint = "openai.response.system_fingerprint";

    public const string EmbeddingsDimensionCount = "gen_ai.embeddings.dimension.count";

    public const string AgentId = "gen_ai.agent.id";
    public const string AgentName = "gen_ai.agent.name";
    public const string AgentDescription = "gen_ai.agent.description";
    public const string AgentVersion = "gen_ai.agent.version";

    public const string WorkflowName = "gen_ai.workflow.name";

    public const string PromptName = "gen_ai.prompt.name";
    public const string PromptVersion = "gen_ai.prompt.version";

    /// <summary>A value that was put into a named prompt; the suffix is the variable.</summary>
    public const string PromptVariablePrefix = "gen_ai.prompt.variable.";

    public const string MemoryStoreId = "gen_ai.memory.store.id";
    public const string MemoryQueryText = "gen_ai.memory.query.text";

    public const string ToolName = "gen_ai.tool.name";
    public const string ToolType = "gen_ai.tool.type";
    public const string ToolDescription = "gen_ai.tool.description";
    public const string ToolCallId = "gen_ai.tool.call.id";
    public const string ToolCallArguments = "gen_ai.tool.call.arguments";
    public const string ToolCallResult = "gen_ai.tool.call.result";
    public const string ToolDefinitions = "gen_ai.tool.definitions";

    public const string DataSourceId = "gen_ai.data_source.id";
    public const string RetrievalQueryText = "gen_ai.retrieval.query.text";
    public const string RetrievalDocuments = "gen_ai.retrieval.documents";
    public const string RetrievalTopK = "gen_ai.retrieval.top_k";

    public const string EvaluationName = "gen_ai.evaluation.name";
    public const string EvaluationScoreValue = "gen_ai.evaluation.score.value";
    public const string EvaluationScoreLabel = "gen_ai.evaluation.score.label";
    public const string EvaluationExplanation = "gen_ai.evaluation.explanation";

    /// <summary>On metrics of profile <see cref="GenAIProfile.V1_41"/>.</summary>
    public const string TokenType = "gen_ai.token.type";

    /// <summary>On metrics of profile <see cref="GenAIProfile.Latest"/>.</summary>
    public const string TokenModality = "gen_ai.token.modality";

    public const string ErrorType = "error.type";
    public const string HttpResponseStatusCode = "http.response.status_code";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ExceptionType = "exception.type";
    public const string ExceptionMessage = "exception.message";
    public const string ExceptionStackTrace = "exception.stacktrace";
}
