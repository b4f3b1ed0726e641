using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>Adds to what an adapter reports of a call what it left in the provider's own object.</summary>
internal static class UsageMerge
{
    /// <summary>Returns the adapter's usage with what the object says beyond it, and what the answer shows of hosted tools; the same object where that is nothing.</summary>
    /// <param name="adapted">What the adapter reports, which is never changed.</param>
    /// <param name="raw">What the object says.</param>
    /// <param name="shown">The calls of hosted tools that the answer shows; <see langword="null"/> where it shows none, or the object has them.</param>
    public static UsageDetails? Merge(UsageDetails? adapted, in ReportedUsage raw, HostedToolCalls? shown = null)
    {
        var merged = new Merger(adapted);

        // A sum of several answers, say, is not what the last one's object says. Tools that ran are in no total.
        var fits = adapted is null || Fits(adapted, in raw);
        if (fits)
        {
            AddCounts(ref merged, in raw);
        }

        merged.Add("web_searches", "WebSearchRequests", raw.WebSearches);
        merged.Add("storage_searches", "FileSearchRequests", raw.StorageSearches);
        merged.Add("code_executions", "CodeExecutionRequests", raw.CodeExecutions);
        merged.Add("image_generations", raw.ImageGenerations);
        merged.Add("other_rounds", raw.OtherRounds);
        if (shown is not null && !(fits && raw.HasToolItems))
        {
            AddShown(ref merged, in raw, shown, fits);
        }

        return merged.Usage;
    }

    private static void AddCounts(ref Merger merged, in ReportedUsage raw)
    {
        if (raw.Rounds is { } rounds)
        {
            merged.SetTotals(rounds.Input, rounds.Output);
            merged.SetCache(rounds.CacheRead, rounds.CacheWrite, rounds.CacheWrite1h, rounds.CacheWrite5m);
        }
        else
        {
            merged.AddTotals(raw.WholeInput, raw.Output, raw.Total);
            merged.AddCache(raw.CacheRead, raw.CacheWrite);
            merged.Add("cache_write_1h_tokens", raw.CacheWrite1h);
            merged.Add("cache_write_5m_tokens", raw.CacheWrite5m);
        }

        merged.AddReasoning(raw.Reasoning);
        merged.AddCitation(raw.Citation);
        merged.Add("input_audio_tokens", "InputTokenDetails.AudioTokenCount", raw.InputAudio);
        merged.Add("output_audio_tokens", "OutputTokenDetails.AudioTokenCount", raw.OutputAudio);
    }

    /// <summary>Adds what an answer shows and nobody has counted. A count of none is one, too: a search that failed is not billed.</summary>
    private static void AddShown(ref Merger merged, in ReportedUsage raw, HostedToolCalls shown, bool fits)
    {
        // The object of the last of several answers counts no more than that one's.
        var saysSearches = (fits && raw.WebSearches is not null) || merged.Says("web_searches", "WebSearchRequests", "web_search_requests");
        var saysRuns = (fits && raw.CodeExecutions is not null) || merged.Says("code_executions", "CodeExecutionRequests", "code_execution_requests");
        merged.Raise("web_searches", saysSearches ? 0 : shown.WebSearches);
        merged.Raise("code_executions", saysRuns ? 0 : shown.CodeExecutions);
        merged.Raise("image_generations", shown.ImageGenerations);
        merged.Raise("hosted_tool_calls", shown.Others + (saysSearches ? 0 : shown.MaybeSearches));
    }

    private static bool Fits(UsageDetails adapted, in ReportedUsage raw) =>
        (adapted.InputTokenCount is null || raw.Input is null || adapted.InputTokenCount == raw.Input || adapted.InputTokenCount == raw.WholeInput)
        && (adapted.OutputTokenCount is null || raw.Output is null || adapted.OutputTokenCount == raw.Output);

    /// <summary>Makes a copy as soon as there is something to add.</summary>
    private ref struct Merger(UsageDetails? adapted)
    {
        private UsageDetails? _copy;

        public readonly UsageDetails? Usage => _copy ?? adapted;

        private UsageDetails Copy => _copy ??= CopyOf(adapted);

        public void SetTotals(long input, long output) => (Copy.InputTokenCount, Copy.OutputTokenCount, Copy.TotalTokenCount) = (input, output, input + output);

        public void AddTotals(long? input, long? output, long? total)
        {
            if (input is not null && Usage?.InputTokenCount is null)
            {
                Copy.InputTokenCount = input;
            }

            if (output is not null && Usage?.OutputTokenCount is null)
            {
                Copy.OutputTokenCount = output;
            }

            if (total is not null && Usage?.TotalTokenCount is null)
            {
                Copy.TotalTokenCount = total;
            }
        }

        public void SetCache(long read, long write, long hour, long minutes)
        {
            Copy.CachedInputTokenCount = read;
            Set("CacheCreationInputTokens", write);
            Set("cache_write_1h_tokens", hour);
            Set("cache_write_5m_tokens", minutes);
        }

        public void AddCache(long? read, long? write)
        {
            if (read > 0 && Usage?.CachedInputTokenCount is null && !Has("CacheReadInputTokens"))
            {
                Copy.CachedInputTokenCount = read;
            }

            Add("CacheCreationInputTokens", "InputTokenDetails.CacheWriteTokenCount", write);
        }

        public void AddReasoning(long? reasoning)
        {
            if (reasoning > 0 && Usage?.ReasoningTokenCount is null)
            {
                Copy.ReasoningTokenCount = reasoning;
            }
        }

        public void AddCitation(long? citation)
        {
            if (citation > 0)
            {
                Add("output_citation_tokens", citation);
                Copy.OutputTokenCount += citation;
                Copy.TotalTokenCount = Copy.TotalTokenCount is { } total ? Math.Max(total, (Copy.InputTokenCount + Copy.OutputTokenCount) ?? total) : null;
            }
        }

        public void Add(string key, long? count)
        {
            if (count > 0 && !Has(key))
            {
                Set(key, count.Value);
            }
        }

        public void Add(string key, string known, long? count)
        {
            if (!Has(known))
            {
                Add(key, count);
            }
        }

        /// <summary>Sets a count that is larger than what is known.</summary>
        public void Raise(string key, long count)
        {
            if (count > 0 && !(Usage?.AdditionalCounts is { } counts && counts.TryGetValue(key, out var known) && known >= count))
            {
                Set(key, count);
            }
        }

        /// <summary>Tells whether a count is given under any of its names, and be it zero.</summary>
        public readonly bool Says(params ReadOnlySpan<string> keys)
        {
            foreach (var key in keys)
            {
                if (adapted?.AdditionalCounts?.ContainsKey(key) is true)
                {
                    return true;
                }
            }

            return false;
        }

        private readonly bool Has(string key) => Usage?.AdditionalCounts is { } counts && counts.TryGetValue(key, out var count) && count > 0;

        private void Set(string key, long count) => (Copy.AdditionalCounts ??= [])[key] = count;

        private static UsageDetails CopyOf(UsageDetails? adapted)
        {
            var copy = new UsageDetails();
            if (adapted is not null)
            {
                copy.Add(adapted);
            }

            return copy;
        }
    }
}
