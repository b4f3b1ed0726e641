using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Turns a provider's usage into inclusive totals with known parts.</summary>
/// <remarks>A count that no call can have, negative or beyond all measure, is unknown: some servers say -1 for that, and sums must not overflow.</remarks>
internal static class UsageNormalizer
{
    private const long LargestCount = 1_000_000_000_000_000;

    // The names of Anthropic and Bedrock, which count the cache beside the input.
    private static readonly string[] CacheBesideKeys =
    [
        "CacheReadInputTokens", "cache_read_input_tokens", "CacheCreationInputTokens", "cache_creation_input_tokens", "CacheWriteInputTokens",
        "cache_write_input_tokens",
    ];

    private static readonly string[] CacheReadKeys =
    [
        "CacheReadInputTokens", "cache_read_input_tokens", "InputTokenDetails.CachedTokenCount", "CachedContentTokenCount",
        "cached_tokens", "CachedTokens", "CacheReadTokens", "cache_read_tokens",
    ];

    private static readonly string[] CacheWriteKeys =
    [
        "CacheCreationInputTokens", "cache_creation_input_tokens", "CacheWriteInputTokens", "cache_write_input_tokens",
        "CacheWriteTokens", "cache_write_tokens", "CacheCreationTokens", "InputTokenDetails.CacheWriteTokenCount", "CacheWriteTokenCount",
    ];

    private static readonly string[] ReasoningKeys =
        ["OutputTokenDetails.ReasoningTokenCount", "reasoning_tokens", "ReasoningTokens", "ThoughtsTokenCount"];

    private static readonly string[] ToolPromptKeys = ["ToolUsePromptTokenCount", "tool_use_prompt_token_count", "input_tool_tokens"];

    private static readonly string[] InputAudioKeys = ["InputTokenDetails.AudioTokenCount", "input_audio_tokens"];

    private static readonly string[] OutputAudioKeys = ["OutputTokenDetails.AudioTokenCount", "output_audio_tokens"];

    /// <summary>Reads the counts of a call; <see langword="null"/> where there are none.</summary>
    /// <param name="usage">What was reported.</param>
    /// <param name="provider">Who served the call, in OpenTelemetry's spelling: some count the cache beside the input.</param>
    public static TokenUsage? Normalize(UsageDetails? usage, string? provider = null)
    {
        if (usage is null)
        {
            return null;
        }

        var counts = usage.AdditionalCounts is { Count: > 0 } known ? known : null;
        var cacheRead = Known(usage.CachedInputTokenCount) ?? Find(counts, CacheReadKeys);
        var cacheWrite = Find(counts, CacheWriteKeys);
        var reasoning = Known(usage.ReasoningTokenCount) ?? Find(counts, ReasoningKeys);
        var (input, output, total) = (Known(usage.InputTokenCount), Known(usage.OutputTokenCount), Known(usage.TotalTokenCount));
        var isCacheBeside = provider is ProviderNames.Anthropic or ProviderNames.AwsBedrock || Find(counts, CacheBesideKeys) is not null;
        var left = LeftOutParts.Of(
            input, output, total, (cacheRead ?? 0) + (cacheWrite ?? 0), isCacheBeside, reasoning ?? 0, Find(counts, ToolPromptKeys) ?? 0);
        input += left.Input;
        output += left.Output;
        var isCut = cacheRead + (cacheWrite ?? 0) > input || cacheWrite > input;
        if (isCut)
        {
            cacheRead = Least(cacheRead, input!.Value);
            cacheWrite = Least(cacheWrite, input.Value - (cacheRead ?? 0));
        }

        var normalized = new TokenUsage
        {
            Input = input,
            Output = output,
            Total = total > input + output ? total : input + output ?? (total < (input ?? output) ? null : total),
            CacheRead = cacheRead,
            CacheWrite = cacheWrite,
            Reasoning = reasoning,
#pragma warning disable MEAI001 // Read only: where the experimental counts go away, the additional ones still stand.
            InputAudio = Known(usage.InputAudioTokenCount) ?? Find(counts, InputAudioKeys),
            InputText = Known(usage.InputTextTokenCount),
            OutputAudio = Known(usage.OutputAudioTokenCount) ?? Find(counts, OutputAudioKeys),
            OutputText = Known(usage.OutputTextTokenCount),
#pragma warning restore MEAI001
            AdditionalCounts = counts,
            IsCacheCut = isCut,
            LacksThoughts = total is null && output > 0
                && provider is (ProviderNames.Gemini or ProviderNames.GoogleGenAI or ProviderNames.VertexAI or ProviderNames.XAI),
        };
        return IsEmpty(normalized) ? null : normalized;
    }

    private static bool IsEmpty(TokenUsage usage) => usage is
    {
        Input: null, Output: null, Total: null, CacheRead: null, CacheWrite: null, Reasoning: null, AdditionalCounts: null,
        InputAudio: null, InputText: null, OutputAudio: null, OutputText: null,
    };

    private static long? Least(long? count, long most) => count > most ? most : count;

    /// <summary>Returns a count that a call can have; <see langword="null"/> for all others.</summary>
    public static long? Known(long? count) => count is >= 0 and <= LargestCount ? count : null;

    private static long? Find(AdditionalPropertiesDictionary<long>? counts, string[] keys)
    {
        if (counts is not null)
        {
            foreach (var key in keys)
            {
                if (counts.TryGetValue(key, out var count))
                {
                    return Known(count);
                }
            }
        }

        return null;
    }
}
