using System.Text.RegularExpressions;

namespace AiObs.Cost.Tables;

/// <summary>Tells what a rule leaves over of a name: versions, dates and places make no other model of it, words do.</summary>
internal static partial class NameRest
{
    private const string FineTuned = "ft:";

    /// <summary>Says how well a name fits a text that it contains.</summary>
    /// <param name="name">The name.</param>
    /// <param name="text">What a rule looks for in it.</param>
    /// <param name="start">Where that stands.</param>
    public static NameMatch Judge(string name, string text, int start)
    {
        var end = start + text.Length;
        if (start == 0 && end == name.Length)
        {
            return NameMatch.Exact;
        }

        var isVersion = Place().IsMatch(name.AsSpan(0, start))
            && (text.StartsWith(FineTuned, StringComparison.Ordinal)
                ? Owner().IsMatch(name.AsSpan(start + text.AsSpan().TrimEnd("-0123456789").Length))
                : IsVersion(name, start, end));
        return isVersion ? NameMatch.Version : NameMatch.Guess;
    }

    /// <summary>Some rules end within a date or a number, or behind the sign before it, which then belongs to what is left over.</summary>
    private static bool IsVersion(string name, int start, int end)
    {
        var separator = name.AsSpan(start, end - start).LastIndexOfAny('-', '@');
        var isWithin = separator >= 0 && end < name.Length && name.AsSpan(start + separator + 1, end - start - separator - 1).IndexOfAnyExceptInRange('0', '9') < 0
            && (end == start + separator + 1 || char.IsAsciiDigit(name[end]));
        return Version().IsMatch(name.AsSpan(isWithin ? start + separator : end));
    }

    [GeneratedRegex(
        @"^(?:[-@](?:20[0-9]{6}|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{3,4}|latest|default|preview(?:-[0-9]{2}-[0-9]{2}(?:-[0-9]{4})?)?))*(?:-v[0-9]+)?(?::[0-9]+)?(?::[0-9]+k)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"^(?:[^:]*/)?(?:(?:us|eu|apac|jp|au|ca|in|global|us-gov)\.)?(?:[a-z0-9-]+\.)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("^(?:-[0-9]{4}-[0-9]{2}-[0-9]{2}|-[0-9]{4})?:[^:]*:[^:]*:[^:]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Owner();
}
