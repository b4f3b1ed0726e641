using AiObs.Cost.Budgets;
using Microsoft.Extensions.Options;

namespace AiObs.Cost;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class CostTrackingOptionsValidator : IValidateOptions<CostTrackingOptions>
{
    private const string Section = CostTrackingOptions.SectionName;

    public ValidateOptionsResult Validate(string? name, CostTrackingOptions options)
    {
        var checks = new OptionChecks(Section);
        checks.Count(nameof(options.StoreCapacity), options.StoreCapacity, InMemoryCostStore.MaxCapacity);
        checks.Count(nameof(options.StoreQueueCapacity), options.StoreQueueCapacity, CostTrackingOptions.MaxStoreQueueCapacity);
        checks.Bytes(nameof(options.StoreQueueCapacityBytes), options.StoreQueueCapacityBytes);
        checks.Count(nameof(options.AccumulatorCapacity), options.AccumulatorCapacity, CostAccumulator.MaxCapacity);
        ReservationValidation.Validate(options.Reservations, checks.Of(nameof(options.Reservations)));
        ReservationValidation.Validate(options.BurnRate, checks.Of(nameof(options.BurnRate)));

        List<string> failures = [.. checks.Result.Failures ?? []];
        options.Pricing.Validate(failures);
        BudgetValidation.Validate(options.Budgets, $"{Section}:{nameof(options.Budgets)}", failures);
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
}
