using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Reads the tags of a span of another library, each in whatever type that library has chosen; what cannot be read is not there.</summary>
internal readonly struct ForeignTags(Activity span)
{
    public Activity Span => span;

    public string? Text(string key) => span.GetTagItem(key) is string { Length: > 0 } text ? text : null;

    public string? Text(string key, string olderKey) => Text(key) ?? Text(olderKey);

    public bool? Flag(string key) => span.GetTagItem(key) switch
    {
        bool flag => flag,
        string text when bool.TryParse(text, out var flag) => flag,
        _ => null,
    };

    /// <summary>Reads a number of things: whole and not negative.</summary>
    public long? Count(string key) => Integer(key) is >= 0 and var count ? count : null;

    public long? Count(string key, string olderKey) => Count(key) ?? Count(olderKey);

    public int? Small(string key) => Count(key) is <= int.MaxValue and var count ? (int?)count : null;

    public long? Integer(string key) => span.GetTagItem(key) switch
    {
        long value => value,
        int value => value,
        short or ushort or byte or sbyte or uint => Convert.ToInt64(span.GetTagItem(key), CultureInfo.InvariantCulture),
        string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) => value,
        double or float or decimal or ulong => Whole(Number(key)),
        _ => null,
    };

    public double? Number(string key)
    {
        double? number = span.GetTagItem(key) switch
        {
            double value => value,

            // Through its digits: 0.1f must not become 0.10000000149.
            float value => double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            decimal value => (double)value,
            int value => value,
            long value => value,
            ulong value => value,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };
        return number is { } known && double.IsFinite(known) ? known : null;
    }

    /// <summary>Reads a list, be it an array or a text that holds one as JSON.</summary>
    public string[]? List(string key) => span.GetTagItem(key) switch
    {
        string[] { Length: > 0 } values when !Array.Exists(values, static value => value is null) => values,
        string text => Parse(text),
        IEnumerable<string> values when values.ToArray() is { Length: > 0 } known => known,
        _ => null,
    };

    private static string[]? Parse(string text)
    {
        if (!text.StartsWith('['))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            string[] values =
            [
                .. document.RootElement.EnumerateArray()
                    .Where(static item => item.ValueKind == JsonValueKind.String)
                    .Select(static item => item.GetString()!),
            ];
            return values.Length > 0 ? values : null;
        }
        catch (JsonException)
        {
            // Some libraries join texts without escaping them.
            return null;
        }
    }

    private static long? Whole(double? number) =>
        number is { } value && value == Math.Truncate(value) && Math.Abs(value) < long.MaxValue ? (long)value : null;
}
