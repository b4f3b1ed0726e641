using AiObs.Operations;

namespace AiObs.Cost.Usage;

/// <summary>The input and the output of a call, as far as they can be told from what was reported.</summary>
internal readonly record struct TokenTotals(long? Input, long? Output)
{
    public static TokenTotals Of(TokenUsage usage, OperationKind kind, ref UsageDraft draft)
    {
        var (input, output, total) = (UsageMapper.Known(usage.Input), UsageMapper.Known(usage.Output), UsageMapper.Known(usage.Total));
        if (kind == OperationKind.Embeddings)
        {
            return new(input ?? total, output);
        }

        if (input is null && output is null && total is not null)
        {
            draft.LeaveOut("only the total was reported; it is counted as input");
            return new(total, null);
        }

        input ??= total >= output ? total - output : LowerBound(usage, ref draft);
        output ??= total >= input ? total - input : null;
        if (output is null)
        {
            draft.LeaveOut("the output tokens were not reported");
        }

        return new(input, output);
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
