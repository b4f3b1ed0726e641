using System.Globalization;
using Microsoft.Extensions.Options;

namespace AiObs;

/// <summary>Collects what is wrong with the options of one section: each failure names the option, says what is wrong and what to write.</summary>
/// <remarks>A failure quotes no text that was set: it might be a secret in the wrong place.</remarks>
internal sealed class OptionChecks
{
    private const long FewestBytes = 1L << 10;
    private const long MostBytes = 1L << 40;

    private readonly string _section;
    private readonly List<string> _failures;

    /// <summary>Begins without a failure.</summary>
    /// <param name="section">The section, such as <c>AgentObservability:Tracing</c>.</param>
    public OptionChecks(string section)
        : this(section, [])
    {
    }

    private OptionChecks(string section, List<string> failures) => (_section, _failures) = (section, failures);

    /// <summary>Gets a value indicating whether anything is wrong so far.</summary>
    public bool HasFailures => _failures.Count > 0;

    public ValidateOptionsResult Result => HasFailures ? ValidateOptionsResult.Fail(_failures) : ValidateOptionsResult.Success;

    /// <summary>Returns checks of a part of these options; their failures are among those of the whole.</summary>
    /// <param name="part">The option that holds the part.</param>
    public OptionChecks Of(string part) => new($"{_section}:{part}", _failures);

    /// <summary>Adds a failure.</summary>
    /// <param name="option">The option that is wrong.</param>
    /// <param name="what">What is wrong with it and what to write, such as <c>is missing. Give …</c>.</param>
    public void Fail(string option, string what) => _failures.Add($"{_section}:{option} {what}");

    /// <summary>Adds a failure unless a value is one of those that its type names.</summary>
    public void Known<TEnum>(string option, TEnum value)
        where TEnum : struct, Enum => KnownAmong(option, value, Enum.GetValues<TEnum>());

    /// <summary>Adds a failure unless a value is one of those given.</summary>
    public void KnownAmong<TEnum>(string option, TEnum value, IReadOnlyCollection<TEnum> known)
        where TEnum : struct, Enum
    {
        if (!known.Contains(value))
        {
            var names = string.Join(", ", known.SkipLast(1));
            Fail(option, $"has the unknown value {value}. Use {names} or {known.Last()}.");
        }
    }

    /// <summary>Adds a failure unless a value has only flags that its type names.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="all">All flags.</param>
    /// <param name="remedy">What to write.</param>
    public void Flags<TEnum>(string option, TEnum value, TEnum all, string remedy)
        where TEnum : struct, Enum
    {
        if (!all.HasFlag(value))
        {
            Fail(option, $"has the unknown value {value:D}. {remedy}");
        }
    }

    /// <summary>Adds a failure unless a number lies between 1 and another.</summary>
    public void Count(string option, int value, int highest) =>
        Between(option, value, 1, highest, string.Create(CultureInfo.InvariantCulture, $"Give a number from 1 to {highest:N0}."));

    /// <summary>Adds a failure unless a number of bytes lies between 1 KiB and 1 TiB.</summary>
    public void Bytes(string option, long value) => Between(option, value, FewestBytes, MostBytes, "Give a number of bytes from 1,024 (1 KiB) to 1,099,511,627,776 (1 TiB).");

    /// <summary>Adds a failure unless a value lies between two others, or is not set.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">Its value.</param>
    /// <param name="lowest">The lowest value that is right.</param>
    /// <param name="highest">The highest value that is right; <see langword="null"/> where any is high enough.</param>
    /// <param name="remedy">What to write.</param>
    public void Between<T>(string option, T? value, T lowest, T? highest, string remedy)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value is { } set && (set.CompareTo(lowest) < 0 || (highest is { } high && set.CompareTo(high) > 0)))
        {
            Fail(option, $"is {set.ToString(null, CultureInfo.InvariantCulture)}. {remedy}");
        }
    }
}
