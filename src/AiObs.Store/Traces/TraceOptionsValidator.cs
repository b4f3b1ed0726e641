using Microsoft.Extensions.Options;

namespace AiObs.Store.Traces;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class TraceOptionsValidator : IValidateOptions<TraceOptions>
{
    private const int MostTraces = 100_000;
    private const int MostSpans = 10_000_000;
    private const int LongestQueue = 1_000_000;

    public ValidateOptionsResult Validate(string? name, TraceOptions options)
    {
        var checks = new OptionChecks(nameof(TraceOptions));
        checks.Count(nameof(options.MaxTraces), options.MaxTraces, MostTraces);
        checks.Count(nameof(options.MaxSpans), options.MaxSpans, MostSpans);
        checks.Bytes(nameof(options.MaxContentBytes), options.MaxContentBytes);
        checks.Count(nameof(options.QueueCapacity), options.QueueCapacity, LongestQueue);
        checks.Bytes(nameof(options.QueueCapacityBytes), options.QueueCapacityBytes);
        checks.Between(
            nameof(options.RetentionInterval), options.RetentionInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(24), "Give a time from 1 second to 24 days.");
        if (options.Retention is not { IsValid: true })
        {
            checks.Fail(nameof(options.Retention), "is missing, or has a negative age or number. Give a TraceRetention, such as TraceRetention.Default.");
        }

        return checks.Result;
    }

    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public static void ThrowIfInvalid(TraceOptions options)
    {
        var result = new TraceOptionsValidator().Validate(name: null, options);
        if (result.Failed)
        {
            throw new ArgumentException(result.FailureMessage, nameof(options));
        }
    }
}
