using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace AiObs.Operations.Content;

/// <summary>Writes values of the application's own types as JSON, whatever they are.</summary>
internal static class ValueJson
{
    /// <summary>Readers refuse documents deeper than 64, and a value stands some levels deep in its message.</summary>
    private const int MaxDepth = 24;

    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions)
    {
        WriteIndented = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        MaxDepth = MaxDepth,
    };

    /// <summary>Writes a value; one that cannot be written becomes a JSON string that names its type.</summary>
    /// <remarks>Cycles, throwing getters and types unknown to a trimmed application must never reach the caller.</remarks>
    public static string Write(object? value) => MessageJson.Write(value, Write);

    /// <summary>Writes an object member by member, so that one value that cannot be written does not cost the others.</summary>
    public static string WriteObject(IEnumerable<KeyValuePair<string, object?>> members) => MessageJson.Write(members, WriteMembers);

    private static void Write(Utf8JsonWriter writer, object? value)
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
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case not JsonElement when writer.CurrentDepth >= MaxDepth:
                writer.WriteStringValue("[too deep]");
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteMembers(writer, members);
                break;
            default:
                writer.WriteRawValue(Serialize(value), skipInputValidation: true);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in members)
        {
            writer.WritePropertyName(key);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static string Serialize(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, Options.GetTypeInfo(value.GetType()));
        }
#pragma warning disable CA1031 // A getter of a foreign type may throw anything; what it threw says nothing of the call observed.
        catch (Exception)
#pragma warning restore CA1031
        {
            return JsonSerializer.Serialize(Describe(value), Options.GetTypeInfo(typeof(string)));
        }
    }

    /// <summary>Returns JSON that is too deep, or has half a surrogate pair in it, as the text that it is: whoever wrote it must not hide it that way.</summary>
    private static string Describe(object value) => value is JsonElement { ValueKind: not JsonValueKind.Undefined } element
        ? element.GetRawText()
        : $"[unserializable {value.GetType().FullName}]";
}
