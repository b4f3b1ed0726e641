using System.Diagnostics;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.OpenInference;

/// <summary>The OpenInference attributes of chat calls.</summary>
/// <param name="profile">The generation of the GenAI convention.</param>
/// <param name="writesContent">Whether content will be written too.</param>
internal sealed class OpenInferenceChatTags(GenAIProfile profile, bool writesContent)
{
    private const string FirstTokenEvent = "First Token Stream Event";

    private readonly MessageKeys _inputKeys = new(OpenInferenceAttributes.LlmInputMessages);
    private readonly MessageKeys _outputKeys = new(OpenInferenceAttributes.LlmOutputMessages);
    private readonly IndexedKeys _toolKeys = new(OpenInferenceAttributes.LlmTools, OpenInferenceAttributes.ToolJsonSchemaLeaf, 128);

    public static void Start(ChatOperation chat, ref TagList tags)
    {
        var provider = chat.Endpoint.Provider;
        if (OpenInferenceProviders.SystemOf(provider, chat.RequestModel) is { } system)
        {
            tags.Add(OpenInferenceAttributes.LlmSystem, system);
        }

        if (OpenInferenceProviders.ProviderOf(provider) is { } host)
        {
            tags.Add(OpenInferenceAttributes.LlmProvider, host);
        }

        if (chat.RequestModel is { } model)
        {
            tags.Add(OpenInferenceAttributes.LlmRequestModelName, model);
        }
    }

    public void WriteResult(SpanTags tags, ChatOperation chat)
    {
        tags.Add(OpenInferenceAttributes.LlmModelName, chat.ResponseModel ?? chat.RequestModel);
        tags.Add(OpenInferenceAttributes.LlmResponseModelName, chat.ResponseModel);
        tags.Add(OpenInferenceAttributes.LlmFinishReason, CallEnding.ReasonOf(chat, profile));
        if (chat.Usage is { } usage)
        {
            WriteUsage(tags, usage);
        }

        OpenInferenceCostTags.Write(tags, chat);
        tags.Add(OpenInferenceAttributes.LlmInvocationParameters, InvocationParameters.Write(chat.Request));
        if (!writesContent)
        {
            WriteTools(tags, chat.Tools, static tool => tool.WithoutContent());
        }

        if (chat is { TimeToFirstChunk: { } timeToFirstChunk, IsWritten: false })
        {
            chat.Activity?.AddEvent(new ActivityEvent(FirstTokenEvent, chat.StartedAt + timeToFirstChunk));
        }
    }

    public void WriteContent(SpanTags tags, ChatOperation chat)
    {
        var provider = chat.Endpoint.Provider;
        if (chat.OutputMessages is { } output)
        {
            OpenInferenceMessages.Write(tags, _outputKeys, output, index: 0, provider);
        }

        var offset = 0;
        if (chat.Instructions is { } instructions)
        {
            tags.Put(_inputKeys.Role[0], "system");
            tags.Put(_inputKeys.Content[0], instructions);
            offset = 1;
        }

        if (chat.InputMessages is { } input)
        {
            OpenInferenceMessages.Write(tags, _inputKeys, input, offset, provider);
        }

        WriteTools(tags, chat.Tools, static tool => tool);
    }

    private void WriteTools(SpanTags tags, IReadOnlyList<RecordedTool>? tools, Func<RecordedTool, RecordedTool> shown)
    {
        for (var i = 0; i < tools?.Count; i++)
        {
            tags.Put(_toolKeys[i], MessageJson.WriteWrappedTool(shown(tools[i])));
        }
    }

    private static void WriteUsage(SpanTags tags, TokenUsage usage)
    {
        tags.AddBoxed(OpenInferenceAttributes.TokenCountPrompt, usage.InputBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountCompletion, usage.OutputBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountTotal, usage.TotalBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountCacheRead, usage.CacheReadBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountCacheWrite, usage.CacheWriteBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountPromptAudio, usage.InputAudioBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountReasoning, usage.ReasoningBox);
        tags.AddBoxed(OpenInferenceAttributes.TokenCountCompletionAudio, usage.OutputAudioBox);
    }
}
