using Microsoft.Extensions.Options;

namespace AiObs.Events;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class EventOptionsValidator : IValidateOptions<EventOptions>
{
    private const string Section = EventOptions.SectionName;

    private static readonly TimeSpan LongestShutdown = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        var failures = new List<string>();
        if (options.SlowCallThreshold <= TimeSpan.Zero)
        {
            failures.Add($"{Section}:SlowCallThreshold is {options.SlowCallThreshold:c}. Give a time above zero, or leave the option out to raise no event.");
        }

        if (options.ExpensiveCallThreshold <= 0)
        {
            failures.Add(FormattableString.Invariant(
                $"{Section}:ExpensiveCallThreshold is {options.ExpensiveCallThreshold}. Give an amount above zero in USD, or leave the option out to raise no event."));
        }

        if (options.ShutdownTimeout < TimeSpan.Zero || options.ShutdownTimeout > LongestShutdown)
        {
            failures.Add($"{Section}:ShutdownTimeout is {options.ShutdownTimeout:c}. Give a time from zero to {LongestShutdown:c}.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
