using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.Operations.Content;

/// <summary>Writes values of the application's own types as JSON, whatever they are.</summary>
internal static class ValueJson
{
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions)
    {
        WriteIndented = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a value; one that cannot be written becomes a JSON string that names its type.</summary>
    /// <remarks>Cycles, throwing getters and types unknown to a trimmed application must never reach the caller.</remarks>
    public static string Write(object? value)
    {
        switch (value)
        {
            case null:
                return "null";
            case JsonElement element:
                return MessageJson.Write(element, static (writer, element) => element.WriteTo(writer));
            case IEnumerable<KeyValuePair<string, object?>> members:
                return WriteObject(members);
        }

        try
        {
            return JsonSerializer.Serialize(value, Options.GetTypeInfo(value.GetType()));
        }
#pragma warning disable CA1031 // A getter of a foreign type may throw anything; what it threw says nothing of the call observed.
        catch (Exception)
#pragma warning restore CA1031
        {
            return JsonSerializer.Serialize($"[unserializable {value.GetType().FullName}]", Options.GetTypeInfo(typeof(string)));
        }
    }

    /// <summary>Writes an object member by member, so that one value that cannot be written does not cost the others.</summary>
    public static string WriteObject(IEnumerable<KeyValuePair<string, object?>> members) => MessageJson.Write(members, static (writer, members) =>
    {
        writer.WriteStartObject();
        foreach (var (key, value) in members)
        {
            writer.WritePropertyName(key);
            if (value is string text)
            {
                writer.WriteStringValue(text);
            }
            else
            {
                writer.WriteRawValue(Write(value), skipInputValidation: true);
            }
        }

        writer.WriteEndObject();
    });
}
