using System.Globalization;
using AiObs.Operations;

namespace AiObs.Cost.Usage;

/// <summary>The input and the output of a call, as far as they can be told from what was reported.</summary>
internal readonly record struct TokenTotals(long? Input, long? Output)
{
    /// <summary>Reads both.</summary>
    /// <param name="usage">What was reported.</param>
    /// <param name="kind">What kind of call it was.</param>
    /// <param name="leavesThoughtsOut">Whether the provider is known to count what a model thinks in the total alone.</param>
    /// <param name="draft">Hears of what is missing.</param>
    public static TokenTotals Of(TokenUsage usage, OperationKind kind, bool leavesThoughtsOut, ref UsageDraft draft)
    {
        var (input, output, total) = (UsageMapper.Known(usage.Input), UsageMapper.Known(usage.Output), UsageMapper.Known(usage.Total));
        if (kind == OperationKind.Embeddings)
        {
            return new(input ?? total, output);
        }

        // No call is without input: a server that says so has not counted it, nor then an output of zero.
        if (input == 0 && (output > 0 || total > 0))
        {
            (input, output) = (null, output == 0 ? null : output);
        }

        if (input is null && output is null && total is not null)
        {
            draft.LeaveOut("only the total was reported; it is counted as input");
            return new(total, null);
        }

        input ??= total > output ? total - output : LowerBound(usage, ref draft);
        output ??= total >= input ? total - input : null;
        if (output is null)
        {
            draft.LeaveOut("the output tokens were not reported");
        }

        if (usage.LacksThoughts)
        {
            draft.Estimate("total_tokens, which alone have what the model thought, were not reported");
        }

        return new(input, output + MoreInTotal(total - input - output, leavesThoughtsOut, ref draft));
    }

    /// <summary>Returns what the total has and no part explains.</summary>
    private static long MoreInTotal(long? more, bool leavesThoughtsOut, ref UsageDraft draft)
    {
        if (more is not > 0)
        {
            return 0;
        }

        if (!leavesThoughtsOut)
        {
            draft.Estimate(string.Create(CultureInfo.InvariantCulture, $"total_tokens says {more} more; counted as output"));
        }

        return more.Value;
    }

    /// <summary>Returns the input of which nothing but cached tokens is known.</summary>
    private static long? LowerBound(TokenUsage usage, ref UsageDraft draft)
    {
        draft.LeaveOut("the input tokens were not reported");
        return UsageMapper.Known(usage.CacheRead) is null && UsageMapper.Known(usage.CacheWrite) is null
            ? null
            : (UsageMapper.Known(usage.CacheRead) ?? 0) + (UsageMapper.Known(usage.CacheWrite) ?? 0);
    }
}
