using System.Text.Json;

namespace AiObs.Http.Wire;

/// <summary>Reads JSON that anybody may have written: what is not there, or is something else, reads as nothing.</summary>
internal static class JsonReading
{
    public static JsonElement? Get(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
                ? member
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a character, in the name of another member.
            return null;
        }
    }

    public static string? GetText(this JsonElement element, string name) => element.Get(name)?.AsText();

    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a character, as servers send that cut their text anywhere. It is no text by itself.
            return null;
        }
    }

    public static string? GetText(this JsonElement? element, string name) => element?.GetText(name);

    /// <summary>Returns text that names something; a blank one names nothing.</summary>
    public static string? GetName(this JsonElement element, string name) =>
        element.GetText(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public static string? GetName(this JsonElement? element, string name) => element?.GetName(name);

    public static bool GetFlag(this JsonElement element, string name) => element.Get(name) is { ValueKind: JsonValueKind.True };

    public static bool? GetBoolean(this JsonElement element, string name) => element.Get(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public static long? GetCount(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var count) ? count : null;

    public static long? GetCount(this JsonElement? element, string name) => element?.GetCount(name);

    public static int? GetSmallCount(this JsonElement element, string name) =>
        element.GetCount(name) is >= int.MinValue and <= int.MaxValue and var count ? (int)count : null;

    public static float? GetNumber(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetSingle(out var number) && float.IsFinite(number) ? number : null;

    /// <summary>Returns the items of an array; none where there is no array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element, string name) =>
        element.Get(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : default;

    public static JsonElement.ArrayEnumerator Items(this JsonElement? element, string name) => element is { } known ? known.Items(name) : default;
}
