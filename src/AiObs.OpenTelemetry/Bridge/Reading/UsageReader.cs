using AiObs.Conventions;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Reads the tokens of a model call under all their names, and makes the totals inclusive.</summary>
internal static class UsageReader
{
    private const string CacheWriteCount = "CacheCreationInputTokens";

    public static TokenUsage? Read(in ForeignTags tags, string? provider)
    {
        var usage = new UsageDetails
        {
            InputTokenCount = tags.Count(GenAiAttributes.UsageInputTokens, ForeignScalars.PromptTokens),
            OutputTokenCount = tags.Count(GenAiAttributes.UsageOutputTokens, ForeignScalars.CompletionTokens),
            CachedInputTokenCount = tags.Count(GenAiAttributes.UsageCacheReadInputTokens),
            ReasoningTokenCount = tags.Count(GenAiAttributes.UsageReasoningOutputTokens),
#pragma warning disable MEAI001 // Experimental counts: where they go away, they are only no longer read.
            InputAudioTokenCount = tags.Count(GenAiAttributes.UsageAudioInputTokens, ForeignScalars.InputAudioTokens),
            InputTextTokenCount = tags.Count(GenAiAttributes.UsageTextInputTokens, ForeignScalars.InputTextTokens),
            OutputAudioTokenCount = tags.Count(GenAiAttributes.UsageAudioOutputTokens, ForeignScalars.OutputAudioTokens),
            OutputTextTokenCount = tags.Count(GenAiAttributes.UsageTextOutputTokens, ForeignScalars.OutputTextTokens),
#pragma warning restore MEAI001
        };
        if (tags.Count(GenAiAttributes.UsageCacheCreationInputTokens, GenAiAttributes.UsageCacheWriteInputTokens) is { } written)
        {
            usage.AdditionalCounts = new() { [CacheWriteCount] = written };
        }

        return UsageNormalizer.Normalize(usage, provider);
    }
}
