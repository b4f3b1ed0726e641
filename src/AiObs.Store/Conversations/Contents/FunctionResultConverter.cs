using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations.Contents;

/// <summary>
/// Writes what a tool returned so that it is read as what it was: a text as a text and contents as contents, where a model is shown something else when they
/// are JSON. They are named in an object around them, and so is JSON of a tool that looks like it: a tool cannot make contents out of its JSON.
/// </summary>
internal sealed class FunctionResultConverter : JsonConverter<object>
{
    public const string TextName = "aiobs.text";
    public const string ContentName = "aiobs.content";
    public const string ContentsName = "aiobs.contents";
    public const string ValueName = "aiobs.value";

    private static readonly ContentListConverter Contents = new();

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (FindName(reader) is not { } name)
        {
            return JsonSerializer.Deserialize(ref reader, Any(options));
        }

        reader.Read();
        reader.Read();
        var value = name switch
        {
            TextName => reader.GetString(),
            ContentName => ContentListConverter.ReadContent(ref reader, options),
            ContentsName => Contents.Read(ref reader, typeof(IList<AIContent>), options),
            _ => JsonSerializer.Deserialize(ref reader, Any(options)),
        };

        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? value : throw new JsonException("More than a result stands in the place of one.");
    }

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case string text:
                writer.WriteStartObject();
                writer.WriteString(TextName, text);
                writer.WriteEndObject();
                break;

            case AIContent content:
                writer.WriteStartObject();
                writer.WritePropertyName(ContentName);
                ContentListConverter.WriteContent(writer, content, options);
                writer.WriteEndObject();
                break;

            case IEnumerable<AIContent> contents:
                writer.WriteStartObject();
                writer.WritePropertyName(ContentsName);
                Contents.Write(writer, [.. contents], options);
                writer.WriteEndObject();
                break;

            default:
                WriteOther(writer, value as JsonElement? ?? JsonSerializer.SerializeToElement(value, Any(options)));
                break;
        }
    }

    private static void WriteOther(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.EnumerateObject().Take(1).Any(static first => IsName(first)))
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName(ValueName);
        value.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static bool IsName(JsonProperty member) =>
        member.NameEquals(TextName) || member.NameEquals(ContentName) || member.NameEquals(ContentsName) || member.NameEquals(ValueName);

    private static string? FindName(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        return reader.ValueTextEquals(TextName) ? TextName
            : reader.ValueTextEquals(ContentName) ? ContentName
            : reader.ValueTextEquals(ContentsName) ? ContentsName
            : reader.ValueTextEquals(ValueName) ? ValueName
            : null;
    }

    private static JsonTypeInfo<object> Any(JsonSerializerOptions options) => (JsonTypeInfo<object>)options.GetTypeInfo(typeof(object));
}
