using Microsoft.Extensions.Options;

namespace AiObs.Events;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class EventSinkOptionsValidator : IValidateOptions<EventSinkOptions>
{
    private const int LargestQueue = 1_000_000;
    private const int LargestBatch = 10_000;
    private const int LargestThreshold = 1_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, EventSinkOptions options)
    {
        var checks = new OptionChecks($"{EventOptions.SectionName}:Sinks:{name}");
        checks.Known(nameof(options.Delivery), options.Delivery);
        checks.Count(nameof(options.QueueCapacity), options.QueueCapacity, LargestQueue);
        checks.Bytes(nameof(options.QueueCapacityBytes), options.QueueCapacityBytes);
        checks.Count(nameof(options.BatchSize), options.BatchSize, LargestBatch);
        checks.Count(nameof(options.FailureThreshold), options.FailureThreshold, LargestThreshold);
        checks.Between(nameof(options.BatchAge), options.BatchAge, TimeSpan.Zero, Longest, $"Give a time from zero up to {Longest:c}.");
        CheckTime(nameof(options.WriteTimeout), options.WriteTimeout, checks);
        CheckTime(nameof(options.DurableTimeout), options.DurableTimeout, checks);
        CheckTime(nameof(options.BackOff), options.BackOff, checks);
        checks.Between(
            nameof(options.MaxBackOff),
            options.MaxBackOff,
            options.BackOff,
            Longest,
            $"Give a time from BackOff, which is {options.BackOff:c}, up to {Longest:c}.");
        if (options.Types.Any(string.IsNullOrWhiteSpace))
        {
            checks.Fail(nameof(options.Types), "has an empty entry. Name event types, or leave the option out to receive all.");
        }

        return checks.Result;
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

    private static void CheckTime(string option, TimeSpan value, OptionChecks checks) =>
        checks.Between(option, value, Shortest, Longest, $"Give a time above zero up to {Longest:c}.");
}
