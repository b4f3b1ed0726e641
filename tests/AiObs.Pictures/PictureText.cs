using System.Globalization;
using AiObs.TestSupport;

namespace AiObs.Pictures;

/// <summary>What all parts of a picture write alike: values with their types, lists of tags, indentation.</summary>
internal static class PictureText
{
    private const string StackTrace = "exception.stacktrace";

    private static readonly string[] Durations = ["duration", "time_to_first", "time_per_output", "_ms"];

    public static string Line(int depth, string text) => new string(' ', depth * 2) + text;

    /// <summary>Returns one line per tag, sorted by key; a key that stands there twice has two lines.</summary>
    public static IEnumerable<string> Tags(int depth, IEnumerable<KeyValuePair<string, object?>> tags) =>
        Sorted(tags).Select(tag => Line(depth, $"{tag.Key}: {ValueOf(tag)}"));

    public static string InlineTags(IEnumerable<KeyValuePair<string, object?>> tags) =>
        $"{{{string.Join(", ", Sorted(tags).Select(tag => $"{tag.Key}={ValueOf(tag)}"))}}}";

    /// <summary>Returns a text in quotes; any other value with the name of its type.</summary>
    public static string Value(object? value) => value is string text ? Quote(text) : ValueText.Of(value);

    public static string Quote(string text) => $"\"{string.Concat(text.Select(Escape))}\"";

    public static string Number(decimal? value) => value?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "none";

    private static IEnumerable<KeyValuePair<string, object?>> Sorted(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal);

    private static string ValueOf(KeyValuePair<string, object?> tag) => tag.Value switch
    {
        string { Length: > 0 } when tag.Key == StackTrace => "<stack trace>",
        double or float or decimal or long or int when Durations.Any(word => tag.Key.Contains(word, StringComparison.Ordinal)) =>
            $"{ValueText.Of(tag.Value).Split(' ')[0]} <time>",
        _ => Value(tag.Value),
    };

    // Quotes stay as they are: the last one of the line closes the text.
    private static string Escape(char letter) => letter switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        _ when char.IsControl(letter) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
        _ => letter.ToString(),
    };
}
