using System.Diagnostics;
using System.Text;

namespace AiObs.TestSupport;

/// <summary>Writes a span, or a part of one, as text for a person: one line per fact, sorted by key.</summary>
public static class SpanText
{
    /// <summary>Returns the whole span: name, kind, status, attributes and events.</summary>
    public static string Of(Activity span) => string.Join('\n',
        $"{span.DisplayName} ({span.Kind})",
        $"status: {Status(span)}",
        "attributes:",
        Indent(Attributes(span.TagObjects)),
        "events:",
        Indent(Events(span)));

    /// <summary>Returns the status, such as <c>Unset</c> or <c>Error "timeout"</c>.</summary>
    public static string Status(Activity span) =>
        span.StatusDescription is null ? $"{span.Status}" : $"{span.Status} \"{span.StatusDescription}\"";

    /// <summary>Returns one line per attribute, such as <c>gen_ai.usage.input_tokens: long 12</c>.</summary>
    public static string Attributes(IEnumerable<KeyValuePair<string, object?>> attributes) =>
        string.Join('\n', attributes
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}: {ValueText.Of(pair.Value)}"));

    /// <summary>Returns one line per event in order of arrival, each followed by its attributes, indented.</summary>
    public static string Events(Activity span)
    {
        var text = new StringBuilder();
        foreach (var activityEvent in span.Events)
        {
            text.Append(activityEvent.Name).Append('\n').Append(Indent(Attributes(activityEvent.Tags)));
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Indent(string text) =>
        text.Length == 0 ? "" : $"  {text.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";
}
