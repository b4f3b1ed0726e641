using System.Net.Mime;
using AiObs.Conventions;
using AiObs.Conventions.OpenInference;
using AiObs.Operations;
using AiObs.Otlp.Spans;

namespace AiObs.Otlp.Dialects;

/// <summary>Says in the words of the GenAI conventions what a span of OpenInference says in its own, which stay.</summary>
internal static class OpenInferenceDialect
{
    private static readonly (string From, string To)[] SameMeaning =
    [
        (OpenInferenceAttributes.LlmRequestModelName, GenAiAttributes.RequestModel),
        (OpenInferenceAttributes.LlmModelName, GenAiAttributes.RequestModel),
        (OpenInferenceAttributes.EmbeddingModelName, GenAiAttributes.RequestModel),
        (OpenInferenceAttributes.LlmResponseModelName, GenAiAttributes.ResponseModel),
        (OpenInferenceAttributes.TokenCountPrompt, GenAiAttributes.UsageInputTokens),
        (OpenInferenceAttributes.TokenCountCompletion, GenAiAttributes.UsageOutputTokens),
        (OpenInferenceAttributes.TokenCountCacheRead, GenAiAttributes.UsageCacheReadInputTokens),
        (OpenInferenceAttributes.TokenCountCacheWrite, GenAiAttributes.UsageCacheCreationInputTokens),
        (OpenInferenceAttributes.TokenCountReasoning, GenAiAttributes.UsageReasoningOutputTokens),
        (OpenInferenceAttributes.TokenCountPromptAudio, GenAiAttributes.UsageAudioInputTokens),
        (OpenInferenceAttributes.TokenCountCompletionAudio, GenAiAttributes.UsageAudioOutputTokens),
        (OpenInferenceAttributes.AgentName, GenAiAttributes.AgentName),
    ];

    public static void Translate(Dictionary<string, object?> attributes)
    {
        var kind = attributes.Text(OpenInferenceAttributes.SpanKind)?.ToUpperInvariant();
        attributes.Fill(GenAiAttributes.OperationName, OperationOf(kind));
        foreach (var (from, to) in SameMeaning)
        {
            attributes.Copy(from, to);
        }

        var provider = attributes.Text(OpenInferenceAttributes.LlmProvider) ?? attributes.Text(OpenInferenceAttributes.LlmSystem);
        attributes.Fill(GenAiAttributes.ProviderName, ProviderOf(provider, attributes.Text(OpenInferenceAttributes.LlmSystem)));
        if (attributes.Text(OpenInferenceAttributes.LlmFinishReason) is { } reason)
        {
            attributes.Fill(GenAiAttributes.ResponseFinishReasons, new[] { reason });
        }

        if (kind == OpenInferenceKinds.Of(OperationKind.Tool))
        {
            attributes.Copy(OpenInferenceAttributes.ToolName, GenAiAttributes.ToolName);
            attributes.Copy(OpenInferenceAttributes.ToolId, GenAiAttributes.ToolCallId);
            attributes.Copy(OpenInferenceAttributes.ToolCallId, GenAiAttributes.ToolCallId);
            attributes.Copy(OpenInferenceAttributes.ToolDescription, GenAiAttributes.ToolDescription);
            attributes.Copy(OpenInferenceAttributes.ToolParameters, GenAiAttributes.ToolCallArguments);
            attributes.Copy(OpenInferenceAttributes.InputValue, GenAiAttributes.ToolCallArguments);
            attributes.Copy(OpenInferenceAttributes.OutputValue, GenAiAttributes.ToolCallResult);
        }

        FillMimeType(attributes, OpenInferenceAttributes.InputValue, OpenInferenceAttributes.InputMimeType);
        FillMimeType(attributes, OpenInferenceAttributes.OutputValue, OpenInferenceAttributes.OutputMimeType);
        attributes.Fill(GenAiAttributes.InputMessages, Messages(attributes, OpenInferenceAttributes.LlmInputMessages));
        attributes.Fill(GenAiAttributes.OutputMessages, Messages(attributes, OpenInferenceAttributes.LlmOutputMessages));
    }

    /// <summary>Says what a value is that does not say so, before its messages are taken for it.</summary>
    private static void FillMimeType(Dictionary<string, object?> attributes, string value, string mimeType)
    {
        if (attributes.ContainsKey(value))
        {
            attributes.Fill(mimeType, MediaTypeNames.Text.Plain);
        }
    }

    private static string? Messages(Dictionary<string, object?> attributes, string key) =>
        FlattenedMessages.ToJson(FlattenedMessages.Take(attributes, key + "."));

    private static string? OperationOf(string? kind) => kind switch
    {
        "LLM" => GenAiOperationNames.Chat,
        "EMBEDDING" => GenAiOperationNames.Embeddings,
        "TOOL" => GenAiOperationNames.ExecuteTool,
        "AGENT" => GenAiOperationNames.InvokeAgent,
        "RETRIEVER" => GenAiOperationNames.Retrieval,
        _ => null,
    };

    private static string? ProviderOf(string? provider, string? system) => provider?.ToLowerInvariant() switch
    {
        "azure" => ProviderNames.AzureOpenAI,
        "aws" or "amazon" => ProviderNames.AwsBedrock,
        "google" => system == "vertexai" ? ProviderNames.VertexAI : ProviderNames.Gemini,
        "vertexai" => ProviderNames.VertexAI,
        "mistralai" => ProviderNames.Mistral,
        "xai" => ProviderNames.XAI,
        "moonshot" => ProviderNames.Moonshot,
        var other => other,
    };
}
