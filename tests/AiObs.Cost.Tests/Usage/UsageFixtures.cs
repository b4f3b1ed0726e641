using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Usage;

/// <summary>Usage in the shapes that connectors produce, and the quantities that are in it.</summary>
internal static class UsageFixtures
{
    /// <summary>Gets, by name, what a connector reports and what was used.</summary>
    public static IReadOnlyDictionary<string, (UsageDetails Reported, string Used)> All { get; } = new Dictionary<string, (UsageDetails, string)>
    {
        ["OpenAI: totals with all details"] = (
            Usage(1_000, 300, 1_300, cached: 400, reasoning: 120,
                ("InputTokenDetails.AudioTokenCount", 0), ("OutputTokenDetails.AudioTokenCount", 0),
                ("OutputTokenDetails.AcceptedPredictionTokenCount", 5), ("OutputTokenDetails.RejectedPredictionTokenCount", 3)),
            "input 1000, cache_read 400, input_audio 0, output 300, output_audio 0, output_reasoning 120"),
        ["OpenAI: cache writes in its Responses"] = (
            Usage(1_000, 300, 1_300, cached: 400, reasoning: 0, ("InputTokenDetails.CacheWriteTokenCount", 500)),
            "input 1000, cache_read 400, cache_write 500, output 300, output_reasoning 0"),
        ["OpenAI: older adapter, everything in the additional counts"] = (
            Usage(1_000, 300, 1_300, null, null,
                ("InputTokenDetails.AudioTokenCount", 0), ("InputTokenDetails.CachedTokenCount", 400),
                ("OutputTokenDetails.ReasoningTokenCount", 120), ("OutputTokenDetails.AudioTokenCount", 0)),
            "input 1000, cache_read 400, input_audio 0, output 300, output_audio 0, output_reasoning 120"),
        ["OpenAI: audio in and out"] = (
            Usage(1_000, 300, 1_300, cached: 0, reasoning: 0, ("InputTokenDetails.AudioTokenCount", 600), ("OutputTokenDetails.AudioTokenCount", 200)),
            "input 1000, cache_read 0, input_audio 600, output 300, output_audio 200, output_reasoning 0"),
        ["Azure OpenAI: the same client, no details"] = (
            Usage(1_000, 300, 1_300, cached: 0, reasoning: 0),
            "input 1000, cache_read 0, output 300, output_reasoning 0"),
        ["xAI by the OpenAI client: the output excludes what it thinks"] = (
            Usage(1_000, 300, 1_500, cached: 100, reasoning: 200),
            "input 1000, cache_read 100, output 500, output_reasoning 200"),
        ["OpenAI: embeddings"] = (
            Usage(1_000, null, 1_000, null, null), "input 1000"),
        ["Anthropic: the input includes the cache"] = (
            Usage(1_000, 300, 1_300, cached: 600, reasoning: null, ("CacheCreationInputTokens", 300), ("WebSearchRequests", 2), ("WebFetchRequests", 1)),
            "input 1000, cache_read 600, cache_write 300, output 300, web_searches 2"),
        ["Anthropic: cache for an hour"] = (
            Usage(1_000, 300, 1_300, cached: 0, reasoning: null, ("CacheCreationInputTokens", 300), ("CacheCreation.Ephemeral1hInputTokens", 200),
                ("CacheCreation.Ephemeral5mInputTokens", 100)),
            "input 1000, cache_read 0, cache_write 300, cache_write_1h 200, cache_write_5m 100, output 300"),
        ["Anthropic: older adapter, the input excludes the cache and the total does too"] = (
            Usage(10, 300, 310, null, null, ("CacheCreationInputTokens", 300), ("CacheReadInputTokens", 600)),
            "input 910, cache_read 600, cache_write 300, output 300"),
        ["Gemini: the output excludes thoughts, the input what tools put in"] = (
            Usage(1_000, 300, 1_540, cached: 400, reasoning: 200, ("ToolUsePromptTokenCount", 40)),
            "input 1040, cache_read 400, input_tool 40, output 500, output_reasoning 200"),
        ["Gemini: it only thought"] = (
            Usage(1_000, null, 1_200, cached: null, reasoning: 200), "input 1000, output 200, output_reasoning 200"),
        ["Gemini: neither thoughts nor tools"] = (
            Usage(1_000, 300, 1_300, cached: 400, reasoning: null), "input 1000, cache_read 400, output 300"),
        ["Vertex AI: older adapter"] = (
            Usage(1_000, 300, 1_300, null, null, ("CachedContentTokenCount", 400), ("ThoughtsTokenCount", 100)),
            "input 1000, cache_read 400, output 300, output_reasoning 100"),
        ["Bedrock: the input excludes the cache"] = (
            Usage(1_000, 300, 1_800, null, null, ("CacheReadInputTokens", 400), ("CacheWriteInputTokens", 100)),
            "input 1500, cache_read 400, cache_write 100, output 300"),
        ["Bedrock: no cache"] = (
            Usage(1_000, 300, 1_300, null, null), "input 1000, output 300"),
        ["Ollama: only totals"] = (
            Usage(26, 298, 324, null, null), "input 26, output 298"),
        ["DeepSeek: misses counted too"] = (
            Usage(1_000, 300, 1_300, cached: 400, reasoning: 100, ("prompt_cache_miss_tokens", 600)),
            "input 1000, cache_read 400, output 300, output_reasoning 100"),
    };

    public static UsageDetails Usage(
        long? input, long? output, long? total, long? cached, long? reasoning, params (string Key, long Count)[] further)
    {
        var usage = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = total,
            CachedInputTokenCount = cached,
            ReasoningTokenCount = reasoning,
        };
        foreach (var (key, count) in further)
        {
            (usage.AdditionalCounts ??= [])[key] = count;
        }

        return usage;
    }
}
