using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Recording;

/// <summary>The members of providers' usage objects, by the names of all protocols.</summary>
internal static class UsageField
{
    /// <summary>Finds what the property says that the reader stands at.</summary>
    /// <param name="reader">The reader, at the name.</param>
    /// <param name="isOutput">Whether it stands among the parts of the output.</param>
    public static UsageFieldName Find(ref Utf8JsonReader reader, bool isOutput) => reader.ValueSpan switch
    {
        var name when name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8) => UsageFieldName.Input,
        var name when name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8) => UsageFieldName.Output,
        var name when name.SequenceEqual("total_tokens"u8) => UsageFieldName.Total,
        var name when name.SequenceEqual("cached_tokens"u8) || name.SequenceEqual("prompt_cache_hit_tokens"u8) => UsageFieldName.CacheRead,
        var name when name.SequenceEqual("cache_read_input_tokens"u8) => UsageFieldName.CacheReadBeside,
        var name when name.SequenceEqual("cache_write_tokens"u8) => UsageFieldName.CacheWrite,
        var name when name.SequenceEqual("cache_creation_input_tokens"u8) => UsageFieldName.CacheWriteBeside,
        var name when name.SequenceEqual("ephemeral_1h_input_tokens"u8) => UsageFieldName.CacheWrite1h,
        var name when name.SequenceEqual("ephemeral_5m_input_tokens"u8) => UsageFieldName.CacheWrite5m,
        var name when name.SequenceEqual("reasoning_tokens"u8) || name.SequenceEqual("thinking_tokens"u8) => UsageFieldName.Reasoning,
        var name when name.SequenceEqual("citation_tokens"u8) => UsageFieldName.Citation,
        var name when name.SequenceEqual("audio_tokens"u8) => isOutput ? UsageFieldName.OutputAudio : UsageFieldName.InputAudio,
        var name when name.SequenceEqual("web_search_requests"u8) || name.SequenceEqual("num_search_queries"u8) => UsageFieldName.WebSearches,
        var name when name.SequenceEqual("code_execution_requests"u8) => UsageFieldName.CodeExecutions,
        var name when name.SequenceEqual("cost"u8) || name.SequenceEqual("total_cost"u8) => UsageFieldName.Cost,
        var name when name.SequenceEqual("cost_in_usd_ticks"u8) => UsageFieldName.CostTicks,
        var name when name.SequenceEqual("upstream_inference_cost"u8) => UsageFieldName.UpstreamCost,
        var name when name.SequenceEqual("is_byok"u8) => UsageFieldName.OwnKey,
        var name when name.SequenceEqual("service_tier"u8) => UsageFieldName.ServiceTier,
        var name when name.SequenceEqual("speed"u8) => UsageFieldName.Speed,
        var name when name.SequenceEqual("inference_geo"u8) => UsageFieldName.Region,
        _ => UsageFieldName.None,
    };

    public static void Set(UsageFieldName field, long count, ref ReportedUsage usage)
    {
        switch (field)
        {
            case UsageFieldName.Input:
                usage.Input = count;
                break;
            case UsageFieldName.Output:
                usage.Output = count;
                break;
            case UsageFieldName.Total:
                usage.Total = count;
                break;
            case UsageFieldName.CacheRead:
                usage.CacheRead = count;
                break;
            case UsageFieldName.CacheReadBeside:
                usage.CacheRead = count;
                usage.IsCacheBeside = true;
                break;
            case UsageFieldName.CacheWrite:
                usage.CacheWrite = count;
                break;
            case UsageFieldName.CacheWriteBeside:
                usage.CacheWrite = count;
                usage.IsCacheBeside = true;
                break;
            case UsageFieldName.CacheWrite1h:
                usage.CacheWrite1h = count;
                break;
            case UsageFieldName.CacheWrite5m:
                usage.CacheWrite5m = count;
                break;
            case UsageFieldName.Reasoning:
                usage.Reasoning = count;
                break;
            case UsageFieldName.Citation:
                usage.Citation = count;
                break;
            case UsageFieldName.InputAudio:
                usage.InputAudio = count;
                break;
            case UsageFieldName.OutputAudio:
                usage.OutputAudio = count;
                break;
            case UsageFieldName.WebSearches:
                usage.WebSearches = count;
                break;
            case UsageFieldName.CodeExecutions:
                usage.CodeExecutions = count;
                break;
        }
    }
}
