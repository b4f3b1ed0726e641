using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;

namespace AiObs.Cost;

/// <summary>Counts the tokens of a call for budgets.</summary>
internal static class CallTokens
{
    /// <summary>Returns input and output together; <see langword="null"/> when neither is known.</summary>
    public static long? Of(UsageQuantities usage)
    {
        var input = usage[UsageKeys.Input];
        var output = usage[UsageKeys.Output];
        return (long?)(input + output ?? input ?? output);
    }
}
