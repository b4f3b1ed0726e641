using System.Collections;
using System.Globalization;
using System.Text.Json;
using AiObs.Operations.Content;

namespace AiObs.Events;

/// <summary>Writes the data of events as JSON, and reads it back.</summary>
/// <remarks>
/// The form of a number says its type: no fraction is a <see cref="long"/> (a <see cref="decimal"/> where it is too large for that), a
/// fraction without exponent a <see cref="decimal"/>, an exponent a <see cref="double"/>. So long, decimal and double, text, booleans, lists
/// and dictionaries come back as they were, the shorter kinds of numbers as the next larger of these. Times, ids and enumerations come back as text,
/// and so do not-a-number and the infinities. Values of other types are written as the JSON that they serialize to.
/// </remarks>
internal static class EventDataJson
{
    /// <summary>Readers refuse documents deeper than 64; nobody means to write one this deep.</summary>
    private const int MaxDepth = 32;

    public static string Write(IReadOnlyDictionary<string, object?> data) =>
        data.Count == 0 ? "{}" : MessageJson.Write(data, static (writer, data) => WriteMembers(writer, data));

    public static IReadOnlyDictionary<string, object?> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ReadMembers(document.RootElement);
    }

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case decimal number:
                WriteRaw(writer, WithMark(number.ToString(CultureInfo.InvariantCulture), '.', ".0"));
                break;
            case double number:
                WriteDouble(writer, number, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case float number:
                WriteDouble(writer, number, number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                WriteRaw(writer, ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset or DateTime or DateOnly or TimeOnly:
                writer.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case Guid or TimeSpan or Enum or char:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            default:
                WriteOther(writer, value);
                break;
        }
    }

    private static void WriteOther(Utf8JsonWriter writer, object value)
    {
        if (writer.CurrentDepth >= MaxDepth)
        {
            writer.WriteStringValue("[too deep]");
            return;
        }

        switch (value)
        {
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteMembers(writer, members);
                break;
            case IEnumerable<KeyValuePair<string, string>> members:
                WriteMembers(writer, members.Select(static member => KeyValuePair.Create(member.Key, (object?)member.Value)));
                break;
            case IList items and not byte[]:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteRaw(writer, ValueJson.Write(value));
                break;
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double number, string text)
    {
        if (double.IsFinite(number))
        {
            WriteRaw(writer, WithMark(text, 'E', "E0"));
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    private static string WithMark(string number, char mark, string ending) => number.Contains(mark) ? number : number + ending;

    private static void WriteRaw(Utf8JsonWriter writer, string json) => writer.WriteRawValue(json, skipInputValidation: true);

    private static Dictionary<string, object?> ReadMembers(JsonElement element)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = ReadValue(member.Value);
        }

        return members;
    }

    private static object? ReadValue(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.Array => element.EnumerateArray().Select(ReadValue).ToList(),
        JsonValueKind.Object => ReadMembers(element),
        _ => null,
    };

    private static object ReadNumber(JsonElement element)
    {
        var text = element.GetRawText();
        if (text.Contains('E', StringComparison.OrdinalIgnoreCase))
        {
            return element.GetDouble();
        }

        if (element.TryGetInt64(out var whole))
        {
            return whole;
        }

        return element.TryGetDecimal(out var number) ? number : element.GetDouble();
    }
}
