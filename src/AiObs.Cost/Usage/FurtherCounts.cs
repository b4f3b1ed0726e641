using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Usage;

/// <summary>The counts that have no property of their own in <see cref="UsageDetails"/>, found under every known spelling.</summary>
internal struct FurtherCounts
{
    private static readonly FrozenDictionary<string, FurtherCount> Spellings = new Dictionary<string, FurtherCount>
    {
        [UsageKeys.CacheWrite1h] = FurtherCount.CacheWrite1h,
        ["ephemeral_1h_input_tokens"] = FurtherCount.CacheWrite1h,
        ["Ephemeral1hInputTokens"] = FurtherCount.CacheWrite1h,
        ["CacheCreation.Ephemeral1hInputTokens"] = FurtherCount.CacheWrite1h,
        [UsageKeys.CacheWrite5m] = FurtherCount.CacheWrite5m,
        ["ephemeral_5m_input_tokens"] = FurtherCount.CacheWrite5m,
        ["Ephemeral5mInputTokens"] = FurtherCount.CacheWrite5m,
        ["CacheCreation.Ephemeral5mInputTokens"] = FurtherCount.CacheWrite5m,
        [UsageKeys.CacheAudioRead] = FurtherCount.CacheAudioRead,
        ["InputTokenDetails.CachedAudioTokenCount"] = FurtherCount.CacheAudioRead,
        [UsageKeys.CacheImageRead] = FurtherCount.CacheImageRead,
        ["InputTokenDetails.CachedImageTokenCount"] = FurtherCount.CacheImageRead,
        [UsageKeys.CacheVideoRead] = FurtherCount.CacheVideoRead,
        ["InputTokenDetails.CachedVideoTokenCount"] = FurtherCount.CacheVideoRead,
        [UsageKeys.InputImage] = FurtherCount.InputImage,
        ["InputTokenDetails.ImageTokenCount"] = FurtherCount.InputImage,
        [UsageKeys.InputVideo] = FurtherCount.InputVideo,
        ["InputTokenDetails.VideoTokenCount"] = FurtherCount.InputVideo,
        [UsageKeys.OutputImage] = FurtherCount.OutputImage,
        ["OutputTokenDetails.ImageTokenCount"] = FurtherCount.OutputImage,
        [UsageKeys.OutputVideo] = FurtherCount.OutputVideo,
        ["OutputTokenDetails.VideoTokenCount"] = FurtherCount.OutputVideo,
        [UsageKeys.InputTool] = FurtherCount.InputTool,
        ["ToolUsePromptTokenCount"] = FurtherCount.InputTool,
        ["tool_use_prompt_token_count"] = FurtherCount.InputTool,
        [UsageKeys.WebSearches] = FurtherCount.WebSearches,
        ["WebSearchRequests"] = FurtherCount.WebSearches,
        ["web_search_requests"] = FurtherCount.WebSearches,
        [UsageKeys.StorageSearches] = FurtherCount.StorageSearches,
        ["FileSearchRequests"] = FurtherCount.StorageSearches,
        ["file_search_requests"] = FurtherCount.StorageSearches,
        [UsageKeys.SocialSearches] = FurtherCount.SocialSearches,
        [UsageKeys.CodeExecutions] = FurtherCount.CodeExecutions,
        ["CodeExecutionRequests"] = FurtherCount.CodeExecutions,
        ["code_execution_requests"] = FurtherCount.CodeExecutions,
        [UsageKeys.OutputCitation] = FurtherCount.OutputCitation,
        ["image_generations"] = FurtherCount.ImageGenerations,
        ["other_rounds"] = FurtherCount.OtherRounds,
        ["hosted_tool_calls"] = FurtherCount.OtherTools,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private Values _values;

    /// <summary>Gets a count; <see langword="null"/> when none was reported, or none was used.</summary>
    public readonly long? this[FurtherCount count] => _values[(int)count] > 0 ? _values[(int)count] : null;

    public static FurtherCounts Read(IReadOnlyDictionary<string, long>? reported)
    {
        var counts = default(FurtherCounts);
        if (reported is AdditionalPropertiesDictionary<long> known)
        {
            // Unlike that of the interface, its enumerator takes no memory.
            foreach (var (key, value) in known)
            {
                counts.Add(key, value);
            }
        }
        else if (reported is not null)
        {
            foreach (var (key, value) in reported)
            {
                counts.Add(key, value);
            }
        }

        return counts;
    }

    private void Add(string key, long value)
    {
        // Most adapters report zeros for most things, which need no look-up.
        if (value > 0 && Spellings.TryGetValue(key, out var count))
        {
            _values[(int)count] = value;
        }
    }

    [InlineArray(18)]
    private struct Values
    {
        private long _first;
    }
}
