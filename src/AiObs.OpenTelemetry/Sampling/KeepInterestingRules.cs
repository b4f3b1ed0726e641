using AiObs.OpenTelemetry.Exporters;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>What must hold for the options.</summary>
internal static class KeepInterestingRules
{
    private const int MostTraces = 1_000_000;
    private const int MostSpans = 10_000_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Adds what is wrong.</summary>
    /// <param name="options">The options.</param>
    /// <param name="prefix">What stands before the name of an option, such as <c>KeepInteresting:</c> where they are part of others.</param>
    /// <param name="problems">Where problems go.</param>
    public static void Check(KeepInterestingOptions options, string prefix, ProblemList problems)
    {
        if (!(options.Ratio is >= 0 and <= 1))
        {
            problems.Add($"{prefix}{nameof(options.Ratio)}", $"is {FormattableString.Invariant($"{options.Ratio}")}. Give a part of 1, such as 0.05 for 5 %.");
        }

        if (options.SlowerThan <= TimeSpan.Zero)
        {
            problems.Add($"{prefix}{nameof(options.SlowerThan)}", $"is {options.SlowerThan}. Give a time above zero, or none.");
        }

        if (options.CostlierThan < 0)
        {
            problems.Add($"{prefix}{nameof(options.CostlierThan)}", $"is {FormattableString.Invariant($"{options.CostlierThan}")}. Give an amount in USD from 0 up, or none.");
        }

        if (options.MaxWait < TimeSpan.FromMilliseconds(1) || options.MaxWait > LongestWait)
        {
            problems.Add($"{prefix}{nameof(options.MaxWait)}", $"is {options.MaxWait}. Give a time between a millisecond and a day.");
        }

        CheckCount($"{prefix}{nameof(options.MaxTraces)}", options.MaxTraces, MostTraces, problems);
        CheckCount($"{prefix}{nameof(options.MaxSpansPerTrace)}", options.MaxSpansPerTrace, MostTraces, problems);
        CheckCount($"{prefix}{nameof(options.MaxSpans)}", options.MaxSpans, MostSpans, problems);
        CheckCount($"{prefix}{nameof(options.RememberedTraces)}", options.RememberedTraces, MostTraces, problems);
    }

    private static void CheckCount(string option, int value, int highest, ProblemList problems)
    {
        if (value < 1 || value > highest)
        {
            problems.Add(option, FormattableString.Invariant($"is {value}. Give a number between 1 and {highest:N0}."));
        }
    }
}
