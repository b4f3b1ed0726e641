namespace AiObs.Cost.Usage;

/// <summary>Counts the tokens of a call for budgets.</summary>
internal static class CallTokens
{
    /// <summary>Returns input and output together; <see langword="null"/> when neither is known.</summary>
    public static long? Of(UsageQuantities usage)
    {
        var input = usage.CountOf(UsageUnits.Input);
        var output = usage.CountOf(UsageUnits.Output);
        return input is { } one && output is { } other ? (long)Int128.Min((Int128)one + other, long.MaxValue) : input ?? output;
    }
}
