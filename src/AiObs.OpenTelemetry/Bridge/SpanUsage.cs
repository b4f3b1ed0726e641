using System.Diagnostics;
using AiObs.Conventions;
using AiObs.OpenTelemetry.Bridge.Reading;

namespace AiObs.OpenTelemetry.Bridge;

/// <summary>Keeps tokens off the spans whose tokens another span owns.</summary>
internal static class SpanUsage
{
    private static readonly string[] OwnedByModelSpan = [ForeignScalars.UsagePrefix, "llm.token_count.", "llm.cost.", "llm.usage."];

    /// <summary>Takes tokens and cost off a span.</summary>
    public static void Remove(Activity span)
    {
        foreach (var key in KeysOf(span, static key => Array.Exists(OwnedByModelSpan, prefix => key.StartsWith(prefix, StringComparison.Ordinal))))
        {
            span.SetTag(key, null);
        }
    }

    /// <summary>Moves token totals to where no backend adds them up.</summary>
    public static void MoveTotals(Activity span)
    {
        foreach (var key in KeysOf(span, static key => key.StartsWith(ForeignScalars.UsagePrefix, StringComparison.Ordinal)))
        {
            var total = span.GetTagItem(key);
            span.SetTag(key, null);
            span.SetTag(AiObsAttributes.AgentUsagePrefix + key[ForeignScalars.UsagePrefix.Length..], total);
        }
    }

    /// <summary>Takes the spelling of the other profile off a span: some backends would add up both.</summary>
    public static void KeepOneSpelling(Activity span, GenAIProfile profile) => span.SetTag(
        profile == GenAIProfile.Latest ? GenAiAttributes.UsageCacheCreationInputTokens : GenAiAttributes.UsageCacheWriteInputTokens,
        null);

    /// <summary>Collects keys first: the list of tags cannot be walked while it changes.</summary>
    private static List<string> KeysOf(Activity span, Predicate<string> isMeant)
    {
        var keys = new List<string>();
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (isMeant(tag.Key))
            {
                keys.Add(tag.Key);
            }
        }

        return keys;
    }
}
