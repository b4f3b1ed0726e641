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
    public static string Write(object? value)
    {
        var json = new JsonText();
        Write(ref json, value, depth: 0);
        return json.End();
    }

    /// <summary>Writes an object member by member, so that one value that cannot be written does not cost the others.</summary>
    public static string WriteObject(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var json = new JsonText();
        WriteMembers(ref json, members, depth: 0);
        return json.End();
    }

    private static void Write(ref JsonText json, object? value, int depth)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case string text:
                json.AppendString(text);
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case int number:
                json.Append(number);
                break;
            case long number:
                json.Append(number);
                break;
            case not JsonElement when depth >= MaxDepth:
                json.AppendString("[too deep]");
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteMembers(ref json, members, depth);
                break;
            default:
                json.Append(Serialize(value));
                break;
        }
    }

    private static void WriteMembers(ref JsonText json, IEnumerable<KeyValuePair<string, object?>> members, int depth)
    {
        var separator = "{";
        foreach (var (key, value) in members)
        {
            json.Append(separator);
            separator = ",";
            json.AppendString(key);
            json.Append(":");
            Write(ref json, value, depth + 1);
        }

        json.Append(separator == "{" ? "{}" : "}");
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
