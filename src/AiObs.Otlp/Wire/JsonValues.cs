using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace AiObs.Otlp.Wire;

/// <summary>Reads single members of JSON objects as OTLP writes them.</summary>
internal static class JsonValues
{
    /// <summary>Stands for an id that cannot be read: no id has this length.</summary>
    private static readonly ByteString NoId = ByteString.CopyFrom(0);

    public static JsonElement AsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element
        : throw new MalformedRequestException("The body is no ExportTraceServiceRequest in JSON: something is no object that has to be one.");

    /// <summary>Returns a member; <see langword="null"/> where it is not there or null.</summary>
    public static JsonElement? Member(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>Returns the objects in a list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, ReadOnlySpan<byte> name) => Member(element, name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(AsObject),
        _ => throw new MalformedRequestException("The body is no ExportTraceServiceRequest in JSON: something is no list that has to be one."),
    };

    public static string Text(JsonElement element, ReadOnlySpan<byte> name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? TextOf(text) : "";

    /// <summary>Returns a text, with U+FFFD for what is no Unicode.</summary>
    public static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element).Trim((byte)'"'));
        }
    }

    public static ByteString Hex(JsonElement element, ReadOnlySpan<byte> name)
    {
        if (Member(element, name) is not { } member)
        {
            return ByteString.Empty;
        }

        var text = member.ValueKind == JsonValueKind.String ? TextOf(member) : "?";
        var bytes = new byte[text.Length / 2];
        return text.Length % 2 == 0 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? ByteString.CopyFrom(bytes)
            : NoId;
    }

    /// <summary>Reads a number that is not negative, as a number or a text; 0 for anything else.</summary>
    public static ulong Unsigned(JsonElement element, ReadOnlySpan<byte> name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetUInt64(out var value) => value,
        { ValueKind: JsonValueKind.String } text when ulong.TryParse(TextOf(text), NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        _ => 0,
    };

    public static long? Signed(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetInt64(out var value) => value,
        JsonValueKind.String when long.TryParse(TextOf(element), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static double? Real(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var value) => value,
        JsonValueKind.String when double.TryParse(TextOf(element), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    /// <summary>Reads a value of an enumeration, by number or by name; 0 for anything else.</summary>
    public static int Enumeration(JsonElement element, ReadOnlySpan<byte> name, string prefix, string[] names) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out var value) => value,
        { ValueKind: JsonValueKind.String } text when TextOf(text) is var word && word.StartsWith(prefix, StringComparison.Ordinal) =>
            Math.Max(0, Array.IndexOf(names, word[prefix.Length..])),
        _ => 0,
    };
}
