using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Recording;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Reads the options of a chat request.</summary>
internal static class RequestReader
{
    /// <summary>Reads the options.</summary>
    /// <param name="tags">The tags of its span.</param>
    /// <param name="mask">Redacts stop sequences.</param>
    public static ChatRequest Read(in ForeignTags tags, Func<IEnumerable<string>, string[]> mask)
    {
        var request = new ChatRequest
        {
            Temperature = tags.Number(GenAiAttributes.RequestTemperature),
            TopP = tags.Number(GenAiAttributes.RequestTopP),
            TopK = tags.Small(GenAiAttributes.RequestTopK),
            MaxTokens = tags.Small(GenAiAttributes.RequestMaxTokens),
            FrequencyPenalty = tags.Number(GenAiAttributes.RequestFrequencyPenalty),
            PresencePenalty = tags.Number(GenAiAttributes.RequestPresencePenalty),
            Seed = tags.Integer(GenAiAttributes.RequestSeed) ?? tags.Integer(ForeignScalars.OldSeed),
            StopSequences = tags.List(GenAiAttributes.RequestStopSequences) is { } stops ? mask(stops) : null,
            OutputType = tags.Text(GenAiAttributes.OutputType),
            ReasoningLevel = tags.Text(GenAiAttributes.RequestReasoningLevel, ForeignScalars.ReasoningEffort),
            PreviousResponseId = PreviousResponse(tags),
        };
        return request == ChatRequest.Default ? ChatRequest.Default : request;
    }

    /// <summary>Reads what is left where the options may not be shown.</summary>
    public static ChatRequest ReadHidden(in ForeignTags tags) =>
        PreviousResponse(tags) is { } previous ? new ChatRequest { PreviousResponseId = previous } : ChatRequest.Default;

    /// <summary>Some libraries write the response that is continued as if it were a conversation.</summary>
    private static string? PreviousResponse(in ForeignTags tags) =>
        tags.Text(GenAiAttributes.RequestPreviousResponseId)
        ?? (tags.Text(GenAiAttributes.ConversationId) is { } id && ChatRequestReader.IsResponseId(id) ? id : null);
}
