using Microsoft.Extensions.Options;

namespace AiObs.Events;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class EventSinkOptionsValidator : IValidateOptions<EventSinkOptions>
{
    private const int LargestQueue = 1_000_000;
    private const long LeastBytes = 1_024;
    private const long MostBytes = 1L << 40;
    private const int LargestBatch = 10_000;
    private const int LargestThreshold = 1_000;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, EventSinkOptions options)
    {
        var section = $"{EventOptions.SectionName}:Sinks:{name}";
        List<string?> checks =
        [
            Enum.IsDefined(options.Delivery)
                ? null
                : $"{section}:Delivery has the unknown value {options.Delivery:D}. Use BestEffort or Durable.",
            Between(section, nameof(options.QueueCapacity), options.QueueCapacity, LargestQueue),
            options.QueueCapacityBytes is < LeastBytes or > MostBytes
                ? FormattableString.Invariant($"{section}:QueueCapacityBytes is {options.QueueCapacityBytes}. Give a number of bytes from {LeastBytes} to {MostBytes}.")
                : null,
            Between(section, nameof(options.BatchSize), options.BatchSize, LargestBatch),
            Between(section, nameof(options.FailureThreshold), options.FailureThreshold, LargestThreshold),
            options.BatchAge == TimeSpan.Zero ? null : Within(section, nameof(options.BatchAge), options.BatchAge, "from zero"),
            Within(section, nameof(options.WriteTimeout), options.WriteTimeout, "above zero"),
            Within(section, nameof(options.DurableTimeout), options.DurableTimeout, "above zero"),
            Within(section, nameof(options.BackOff), options.BackOff, "above zero"),
            options.MaxBackOff < options.BackOff || options.MaxBackOff > Longest
                ? $"{section}:MaxBackOff is {options.MaxBackOff:c}. Give a time from BackOff, which is {options.BackOff:c}, up to {Longest:c}."
                : null,
            options.Types.Any(string.IsNullOrWhiteSpace)
                ? $"{section}:Types has an empty entry. Name event types, or leave the option out to receive all."
                : null,
        ];
        var failures = checks.OfType<string>().ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Validates options that did not come through dependency injection.</summary>
    public static void ThrowIfInvalid(string name, EventSinkOptions options)
    {
        var result = new EventSinkOptionsValidator().Validate(name, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(name, typeof(EventSinkOptions), result.Failures);
        }
    }

    private static string? Between(string section, string option, int value, int largest) => value >= 1 && value <= largest
        ? null
        : FormattableString.Invariant($"{section}:{option} is {value}. Give a number from 1 to {largest}.");

    private static string? Within(string section, string option, TimeSpan value, string from) => value > TimeSpan.Zero && value <= Longest
        ? null
        : $"{section}:{option} is {value:c}. Give a time {from} up to {Longest:c}.";
}
