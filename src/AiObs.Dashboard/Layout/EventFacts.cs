using System.Globalization;
using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Layout;

/// <summary>The facts of an event, in one line that wraps.</summary>
internal static class EventFacts
{
    /// <summary>How much of one value is shown, in characters.</summary>
    private const int MaxLength = 1_000;

    public static Action<HtmlWriter> Of(IReadOnlyDictionary<string, object?> data) => html =>
    {
        foreach (var (key, value) in data)
        {
            html.Write($"""<span class="pair"><bdi class="key">{key}</bdi> <bdi>{Cut(TextOf(value))}</bdi></span> """);
        }
    };

    private static string TextOf(object? value) => value switch
    {
        null => "none",
        true => "yes",
        false => "no",
        IReadOnlyDictionary<string, object?> pairs => string.Join(", ", pairs.Select(static pair => $"{pair.Key}={TextOf(pair.Value)}")),
        IEnumerable<object?> list => string.Join(", ", list.Select(TextOf)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private static string Cut(string text) =>
        text.Length <= MaxLength ? text : string.Create(CultureInfo.InvariantCulture, $"{text[..MaxLength]}… ({text.Length} characters)");
}
