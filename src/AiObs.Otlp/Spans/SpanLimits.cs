using System.Globalization;
using AiObs.Privacy.Keys;

namespace AiObs.Otlp.Spans;

/// <summary>How much of a span is taken. What is beyond is left out, and the sender is told.</summary>
internal static class SpanLimits
{
    /// <summary>Messages that came in flattened are one attribute by then.</summary>
    public const int Attributes = 1_024;

    /// <summary>Each span gets those of its resource too: without a limit, a small request would become a large one.</summary>
    public const int ResourceAttributes = 32;

    public const int KeyLength = 256;

    public const int NameLength = 512;

    /// <summary>The most characters of a text that is no content; content has limits of its own.</summary>
    public const int FactLength = 16_384;

    public const int ListLength = 1_024;

    public const int Events = 1_024;

    public const int EventAttributes = 128;

    /// <summary>What the sender is told.</summary>
    public static string Remark { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"Of some spans a part was left out: at most {Attributes:N0} attributes with keys of {KeyLength} and values of {FactLength:N0} characters or {ListLength:N0} items are kept, {Events:N0} events, and {EventAttributes} attributes of an event.");

    /// <summary>What the sender is told of a resource.</summary>
    public static string ResourceRemark { get; } = string.Create(CultureInfo.InvariantCulture, $"Of a resource a part was left out: at most {ResourceAttributes} attributes are kept.");

    /// <summary>Leaves out what is too much. Returns <see langword="false"/> when nothing was.</summary>
    public static bool Hold(ReceivedSpan span)
    {
        var isHeld = span.HasTooManyEvents | Hold(span.Attributes, Attributes);
        foreach (var item in span.Events)
        {
            isHeld |= Hold(item.Attributes, EventAttributes);
        }

        return isHeld;
    }

    private static bool Hold(Dictionary<string, object?> attributes, int limit)
    {
        var isHeld = false;
        var count = 0;
        foreach (var (key, value) in attributes.ToArray())
        {
            if (key.Length > KeyLength || ++count > limit)
            {
                isHeld = attributes.Remove(key);
            }
            else if (value is string { Length: > FactLength } text && !ContentKeys.IsContent(key))
            {
                attributes[key] = Cut(text, FactLength);
                isHeld = true;
            }
            else if (value is Array { Length: > ListLength })
            {
                attributes.Remove(key);
                isHeld = true;
            }
        }

        return isHeld;
    }

    /// <summary>Cuts a text, and no character of two halves.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
