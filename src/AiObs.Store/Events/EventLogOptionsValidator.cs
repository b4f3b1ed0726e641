using System.Globalization;
using Microsoft.Extensions.Options;

namespace AiObs.Store.Events;

/// <summary>Checks the options of event logs.</summary>
internal sealed class EventLogOptionsValidator : IValidateOptions<EventLogOptions>
{
    public ValidateOptionsResult Validate(string? name, EventLogOptions options) =>
        Complaint(options) is { } complaint ? ValidateOptionsResult.Fail(complaint) : ValidateOptionsResult.Success;

    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    public static void ThrowIfInvalid(EventLogOptions options)
    {
        if (Complaint(options) is { } complaint)
        {
            throw new ArgumentException(complaint, nameof(options));
        }
    }

    private static string? Complaint(EventLogOptions options) => options.HmacKey switch
    {
        { Length: < EventLogOptions.MinKeyLength and var length } => string.Create(
            CultureInfo.InvariantCulture,
            $"EventLogOptions.HmacKey has {length} bytes; give at least {EventLogOptions.MinKeyLength} random ones, or leave it out."),
        { } key when !key.AsSpan().ContainsAnyExcept((byte)0) =>
            "EventLogOptions.HmacKey is all zeros, as an array is that nobody has filled, and anybody can guess that. Give random bytes, or leave it out.",
        _ => null,
    };
}
