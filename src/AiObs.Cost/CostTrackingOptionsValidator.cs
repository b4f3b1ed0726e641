using AiObs.Cost.Budgets;
using Microsoft.Extensions.Options;

namespace AiObs.Cost;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class CostTrackingOptionsValidator : IValidateOptions<CostTrackingOptions>
{
    private const string Section = CostTrackingOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, CostTrackingOptions options)
    {
        var failures = new List<string>();
        CheckCapacity(nameof(options.StoreCapacity), options.StoreCapacity, InMemoryCostStore.MaxCapacity, failures);
        CheckCapacity(nameof(options.StoreQueueCapacity), options.StoreQueueCapacity, CostTrackingOptions.MaxStoreQueueCapacity, failures);
        CheckBytes(nameof(options.StoreQueueCapacityBytes), options.StoreQueueCapacityBytes, failures);
        CheckCapacity(nameof(options.AccumulatorCapacity), options.AccumulatorCapacity, CostAccumulator.MaxCapacity, failures);
        options.Pricing.Validate(failures);
        BudgetValidation.Validate(options.Budgets, $"{Section}:{nameof(options.Budgets)}", failures);
        ReservationValidation.Validate(options.Reservations, $"{Section}:{nameof(options.Reservations)}", failures);
        ReservationValidation.Validate(options.BurnRate, $"{Section}:{nameof(options.BurnRate)}", failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>Validates options that did not come through dependency injection.</summary>
    public static void ThrowIfInvalid(CostTrackingOptions options)
    {
        var result = new CostTrackingOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(CostTrackingOptions), result.Failures);
        }
    }

    private static void CheckBytes(string option, long value, List<string> failures)
    {
        if (value is < 1_024 or > 1L << 40)
        {
            failures.Add(FormattableString.Invariant($"{Section}:{option} is {value}. Give a number of bytes from 1,024 to {1L << 40:N0}."));
        }
    }

    private static void CheckCapacity(string option, int value, int max, List<string> failures)
    {
        if (value < 1 || value > max)
        {
            failures.Add(FormattableString.Invariant($"{Section}:{option} is {value}. Give a number from 1 to {max:N0}."));
        }
    }
}
