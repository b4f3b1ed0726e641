using AiObs.Conventions;
using AiObs.Conventions.OpenInference;
using AiObs.OpenTelemetry.Bridge.Reading;
using AiObs.Operations;
using AiObs.Otlp.Spans;
using AiObs.Privacy.Keys;

namespace AiObs.Otlp.Dialects;

/// <summary>Says in the words of the GenAI conventions what a span of OpenLLMetry says in its own.</summary>
internal static class OpenLLMetryDialect
{
    private const string Agent = "agent";
    private const string Tool = "tool";

    public static void Translate(Dictionary<string, object?> attributes)
    {
        attributes.Fill(GenAiAttributes.OperationName, OperationOf(attributes.Text(OpenLLMetryAttributes.RequestType)));
        TranslateProvider(attributes);
        attributes.Copy(OpenLLMetryAttributes.CacheReadInputTokens, GenAiAttributes.UsageCacheReadInputTokens);
        attributes.Copy(OpenLLMetryAttributes.CacheCreationInputTokens, GenAiAttributes.UsageCacheCreationInputTokens);
        attributes.Copy(OpenLLMetryAttributes.ReasoningTokens, GenAiAttributes.UsageReasoningOutputTokens);
        TranslateEntity(attributes, attributes.Text(OpenLLMetryAttributes.SpanKind));
        TranslateMessages(attributes);
        attributes.Copy(OpenLLMetryAttributes.User, GenAiAttributes.UserId);
        attributes.Copy(OpenLLMetryAttributes.AssociatedUser, GenAiAttributes.UserId);
        attributes.Copy(OpenLLMetryAttributes.AssociatedSession, GenAiAttributes.SessionId);
        attributes.Copy(OpenLLMetryAttributes.AssociatedConversation, GenAiAttributes.ConversationId);
        attributes.Copy(OpenLLMetryAttributes.AssociatedChat, GenAiAttributes.ConversationId);
        attributes.Copy(OpenLLMetryAttributes.AssociatedThread, GenAiAttributes.ConversationId);
    }

    private static void TranslateEntity(Dictionary<string, object?> attributes, string? kind)
    {
        switch (kind)
        {
            case Agent:
                attributes.Fill(GenAiAttributes.OperationName, GenAiOperationNames.InvokeAgent);
                attributes.Copy(OpenLLMetryAttributes.EntityName, GenAiAttributes.AgentName);
                break;
            case Tool:
                attributes.Fill(GenAiAttributes.OperationName, GenAiOperationNames.ExecuteTool);
                attributes.Copy(OpenLLMetryAttributes.EntityName, GenAiAttributes.ToolName);
                attributes.Move(OpenLLMetryAttributes.EntityInput, GenAiAttributes.ToolCallArguments);
                attributes.Move(OpenLLMetryAttributes.EntityOutput, GenAiAttributes.ToolCallResult);
                break;
        }

        // What a step was given and made of it, where every view looks for it.
        attributes.Move(OpenLLMetryAttributes.EntityInput, OpenInferenceAttributes.InputValue);
        attributes.Move(OpenLLMetryAttributes.EntityOutput, OpenInferenceAttributes.OutputValue);
    }

    private static void TranslateMessages(Dictionary<string, object?> attributes)
    {
        var prompt = FlattenedMessages.Take(attributes, ForeignAttributes.Prompt + ".");
        var completion = FlattenedMessages.Take(attributes, ForeignAttributes.Completion + ".");
        attributes.Fill(GenAiAttributes.InputMessages, FlattenedMessages.ToJson(prompt));
        attributes.Fill(GenAiAttributes.OutputMessages, FlattenedMessages.ToJson(completion));
        string[] reasons = [.. completion.Select(static message => message.FinishReason).OfType<string>().Where(static reason => reason.Length > 0)];
        attributes.Fill(GenAiAttributes.ResponseFinishReasons, reasons.Length > 0 ? reasons : null);
    }

    /// <summary>Older versions write the name of a vendor, or of the framework that made the call, in which case nobody says who served it.</summary>
    private static void TranslateProvider(Dictionary<string, object?> attributes)
    {
        if (attributes.Text(ForeignScalars.System)?.ToLowerInvariant() is not { } system)
        {
            return;
        }

        if (system is "langchain" or "llamaindex" or "crewai" or "haystack")
        {
            attributes.Remove(ForeignScalars.System);
            return;
        }

        attributes.Fill(GenAiAttributes.ProviderName, system switch
        {
            "azure" => ProviderNames.AzureOpenAI,
            "aws" => ProviderNames.AwsBedrock,
            "google" => ProviderNames.Gemini,
            "vertexai" => ProviderNames.VertexAI,
            "mistralai" => ProviderNames.Mistral,
            _ => ProviderNames.Normalize(system),
        });
    }

    private static string? OperationOf(string? requestType) => requestType switch
    {
        "chat" => GenAiOperationNames.Chat,
        "completion" => GenAiOperationNames.TextCompletion,
        "embedding" => GenAiOperationNames.Embeddings,
        _ => null,
    };
}
