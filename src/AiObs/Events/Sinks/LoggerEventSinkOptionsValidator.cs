using Microsoft.Extensions.Options;

namespace AiObs.Events.Sinks;

/// <summary>Says of wrong options what is wrong, where, and what to do.</summary>
internal sealed class LoggerEventSinkOptionsValidator : IValidateOptions<LoggerEventSinkOptions>
{
    public ValidateOptionsResult Validate(string? name, LoggerEventSinkOptions options)
    {
        var unknown = new[] { (nameof(options.Level), options.Level), (nameof(options.FailureLevel), options.FailureLevel) }
            .Where(static level => !Enum.IsDefined(level.Item2))
            .Select(static level => $"{nameof(LoggerEventSinkOptions)}.{level.Item1} has the unknown value {level.Item2:D}. Use a level from Trace to Critical, or None.")
            .ToList();
        return unknown.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(unknown);
    }
}
