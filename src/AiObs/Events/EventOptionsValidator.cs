using Microsoft.Extensions.Options;

namespace AiObs.Events;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class EventOptionsValidator : IValidateOptions<EventOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromTicks(1);
    private static readonly TimeSpan LongestShutdown = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        var checks = new OptionChecks(EventOptions.SectionName);
        checks.Between(
            nameof(options.SlowCallThreshold), options.SlowCallThreshold, Shortest, null, "Give a time above zero, or leave the option out to raise no event.");
        if (options.ExpensiveCallThreshold is <= 0 and var threshold)
        {
            checks.Fail(
                nameof(options.ExpensiveCallThreshold),
                FormattableString.Invariant($"is {threshold}. Give an amount above zero in USD, or leave the option out to raise no event."));
        }

        checks.Between(
            nameof(options.ShutdownTimeout), options.ShutdownTimeout, TimeSpan.Zero, LongestShutdown, $"Give a time from zero to {LongestShutdown:c}.");
        return checks.Result;
    }
}
