using System.Diagnostics;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.GenAI;

/// <summary>The GenAI attributes of model calls.</summary>
/// <param name="profile">The generation of the convention.</param>
/// <param name="writesContent">Whether content will be written too.</param>
internal sealed class GenAiChatTags(GenAIProfile profile, bool writesContent)
{
    private readonly bool _isLatest = profile == GenAIProfile.Latest;
    private string[]? _lastFinishReasons;

    public static void Start(ModelOperation operation, ref TagList tags)
    {
        if (operation.Endpoint.Provider is { } provider)
        {
            tags.Add(GenAiAttributes.ProviderName, provider);
        }

        var isFetch = operation is ChatOperation { IsFetch: true };
        if (operation.RequestModel is { } model && !isFetch)
        {
            tags.Add(GenAiAttributes.RequestModel, model);
        }

        if (operation.Endpoint.Address is { } address)
        {
            tags.Add(GenAiAttributes.ServerAddress, address);
            if (operation.Endpoint.Port is { } port)
            {
                tags.Add(GenAiAttributes.ServerPort, (long)port);
            }
        }

        if (operation is ChatOperation { IsStreaming: true } && !isFetch)
        {
            tags.Add(GenAiAttributes.RequestStream, true);
        }
    }

    public void WriteResult(SpanTags tags, ChatOperation chat)
    {
        if (tags.LeavesResponseToOwner)
        {
            // The one count that the owner does not know.
            WriteCacheWrite(tags, chat.Usage);
        }
        else
        {
            WriteResponse(tags, chat);
        }

        if (!chat.IsFetch)
        {
            WriteRequest(tags, chat.Request);
            WritePrompt(tags, chat);
            if (!writesContent && chat.Tools is { } tools && !(chat.Foreign is not null && tags.Has(GenAiAttributes.ToolDefinitions)))
            {
                tags.Add(GenAiAttributes.ToolDefinitions, MessageJson.WriteTools([.. tools.Select(static tool => tool.WithoutContent())]));
            }
        }

        if (chat.Wire is { } details)
        {
            WriteOpenAI(tags, details);
        }
    }

    public static void WriteContent(SpanTags tags, ChatOperation chat)
    {
        var isOutputOwners = tags.LeavesResponseToOwner && tags.Has(GenAiAttributes.InputMessages);
        if (chat.IsFetch)
        {
            // What was asked stands on the span of the call that asked.
            tags.Add(GenAiAttributes.OutputMessages, chat.OutputMessages?.ToJson());
            return;
        }

        tags.Add(GenAiAttributes.SystemInstructions, chat.Instructions is { } text ? MessageJson.WriteInstructions(text) : null);
        tags.Add(GenAiAttributes.InputMessages, chat.InputMessages?.ToJson());
        tags.Add(GenAiAttributes.OutputMessages, isOutputOwners ? null : chat.OutputMessages?.ToJson());
        tags.Add(GenAiAttributes.ToolDefinitions, chat.Tools is { } tools ? MessageJson.WriteTools(tools) : null);
        foreach (var (variable, value) in chat.Prompt?.Variables ?? [])
        {
            tags.Add(GenAiAttributes.PromptVariablePrefix + variable, value);
        }
    }

    private static void WritePrompt(SpanTags tags, ChatOperation chat)
    {
        if (chat.IsCompacted)
        {
            tags.Put(GenAiAttributes.ConversationCompacted, true);
        }

        if (chat.Prompt is { } prompt)
        {
            tags.Add(GenAiAttributes.PromptName, prompt.Name);
            tags.Add(GenAiAttributes.PromptVersion, prompt.Version);
        }
    }

    private void WriteResponse(SpanTags tags, ChatOperation chat)
    {
        tags.Add(GenAiAttributes.ResponseModel, chat.ResponseModel);
        tags.Add(GenAiAttributes.ResponseId, chat.ResponseId);
        tags.Add(GenAiAttributes.ResponseFinishReasons, FinishReasons(chat));
        if (chat.IsFetch)
        {
            // The convention counts nothing here: fetching is no inference.
            tags.Add(GenAiAttributes.ResponseStatus, chat.Wire?.ResponseStatus);
            return;
        }

        WriteUsage(tags, chat.Usage);
        if (chat.TimeToFirstChunk is { } timeToFirstChunk)
        {
            tags.Add(GenAiAttributes.ResponseTimeToFirstChunk, timeToFirstChunk.TotalSeconds);
        }
    }

    private static void WriteOpenAI(SpanTags tags, WireDetails details)
    {
        tags.Add(GenAiAttributes.OpenAIApiType, details.ApiType);

        // The convention leaves out what is not a choice.
        tags.Add(GenAiAttributes.OpenAIRequestServiceTier, details.RequestedTier == "auto" ? null : details.RequestedTier);
        tags.Add(GenAiAttributes.OpenAIResponseServiceTier, details.ServedTier);
        tags.Add(GenAiAttributes.OpenAIResponseSystemFingerprint, details.SystemFingerprint);
    }

    private string[]? FinishReasons(ChatOperation chat)
    {
        if (chat.Foreign?.FinishReasons is { } several)
        {
            return several;
        }

        if (chat.Wire?.Choices is { } choices && choices.Any(static choice => choice.FinishReason is not null))
        {
            return [.. choices.Select(static choice => choice.FinishReason).OfType<string>()];
        }

        return CallEnding.ReasonOf(chat, profile) is { } reason ? ListOf(reason) : null;
    }

    /// <summary>Makes a list of one reason, or takes that of the call before, which nearly always ended for the same one.</summary>
    private string[] ListOf(string reason)
    {
        var last = _lastFinishReasons;
        return last is [var only] && only == reason ? last : _lastFinishReasons = [reason];
    }

    private void WriteUsage(SpanTags tags, TokenUsage? usage)
    {
        if (usage is null)
        {
            return;
        }

        tags.AddBoxed(GenAiAttributes.UsageInputTokens, usage.InputBox);
        tags.AddBoxed(GenAiAttributes.UsageOutputTokens, usage.OutputBox);
        tags.AddBoxed(GenAiAttributes.UsageCacheReadInputTokens, usage.CacheReadBox);
        WriteCacheWrite(tags, usage);
        tags.AddBoxed(GenAiAttributes.UsageReasoningOutputTokens, usage.ReasoningBox);
    }

    /// <summary>
    /// Writes what was written to a cache. The newest profile has a key for it, and others for kinds of tokens, but backends that add up every
    /// key with "input" in it count those twice: they stand on metrics alone.
    /// </summary>
    private void WriteCacheWrite(SpanTags tags, TokenUsage? usage)
    {
        if (!_isLatest)
        {
            tags.AddBoxed(GenAiAttributes.UsageCacheCreationInputTokens, usage?.CacheWriteBox);
        }
    }

    private void WriteRequest(SpanTags tags, ChatRequest request)
    {
        if (ReferenceEquals(request, ChatRequest.Default))
        {
            return;
        }

        tags.Add(GenAiAttributes.RequestTemperature, request.Temperature);
        tags.Add(GenAiAttributes.RequestTopP, request.TopP);
        if (_isLatest)
        {
            tags.Add(GenAiAttributes.RequestTopK, request.TopK);
        }
        else
        {
            // A double until the convention's 2026 releases.
            tags.Add(GenAiAttributes.RequestTopK, (double?)request.TopK);
        }

        tags.Add(GenAiAttributes.RequestMaxTokens, request.MaxTokens);
        tags.Add(GenAiAttributes.RequestFrequencyPenalty, request.FrequencyPenalty);
        tags.Add(GenAiAttributes.RequestPresencePenalty, request.PresencePenalty);
        tags.Add(GenAiAttributes.RequestSeed, request.Seed);
        tags.Add(GenAiAttributes.RequestChoiceCount, request.ChoiceCount);
        tags.Add(GenAiAttributes.RequestStopSequences, request.StopSequences);
        tags.Add(GenAiAttributes.OutputType, request.OutputType);
        tags.Add(GenAiAttributes.RequestReasoningLevel, request.ReasoningLevel);
        tags.Add(GenAiAttributes.RequestPreviousResponseId, request.PreviousResponseId);
    }
}
