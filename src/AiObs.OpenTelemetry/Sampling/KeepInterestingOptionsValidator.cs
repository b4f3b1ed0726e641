using Microsoft.Extensions.Options;

namespace AiObs.OpenTelemetry.Sampling;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class KeepInterestingOptionsValidator : IValidateOptions<KeepInterestingOptions>
{
    private const int MostTraces = 1_000_000;
    private const int MostSpans = 10_000_000;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Throws when options are wrong.</summary>
    public static void ThrowIfWrong(KeepInterestingOptions options)
    {
        if (new KeepInterestingOptionsValidator().Validate(null, options).Failures is { } failures)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(KeepInterestingOptions), failures);
        }
    }

    public ValidateOptionsResult Validate(string? name, KeepInterestingOptions options)
    {
        var checks = new OptionChecks(KeepInterestingOptions.SectionName);
        Check(options, checks);
        return checks.Result;
    }

    /// <summary>Checks options that may be a part of others.</summary>
    public static void Check(KeepInterestingOptions options, OptionChecks checks)
    {
        checks.Between(nameof(options.Ratio), options.Ratio, 0.0, 1.0, "Give a part of 1, such as 0.05 for 5 %.");
        checks.Between(nameof(options.SlowerThan), options.SlowerThan, TimeSpan.FromTicks(1), null, "Give a time above zero, or none.");
        checks.Between(nameof(options.CostlierThan), options.CostlierThan, 0m, null, "Give an amount in USD from 0 up, or none.");
        checks.Between(nameof(options.MaxWait), options.MaxWait, ShortestWait, LongestWait, "Give a time between a millisecond and a day.");
        checks.Count(nameof(options.MaxTraces), options.MaxTraces, MostTraces);
        checks.Count(nameof(options.MaxSpansPerTrace), options.MaxSpansPerTrace, MostTraces);
        checks.Count(nameof(options.MaxSpans), options.MaxSpans, MostSpans);
        checks.Count(nameof(options.RememberedTraces), options.RememberedTraces, MostTraces);
    }
}
