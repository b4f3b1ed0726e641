using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations.Contents;

/// <summary>Reads contents one by one, so that one that cannot be read costs no other, and stays as it is.</summary>
internal sealed class ContentListConverter : JsonConverter<IList<AIContent>>
{
    public override IList<AIContent> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The contents of a stored message are no array.");
        }

        var contents = new List<AIContent>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            contents.Add(ReadContent(ref reader, options));
        }

        return contents;
    }

    public override void Write(Utf8JsonWriter writer, IList<AIContent> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var content in value.Where(static content => content is not null))
        {
            WriteContent(writer, content, options);
        }

        writer.WriteEndArray();
    }

    internal static AIContent ReadContent(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var ahead = reader;
        if (TryRead(ref ahead, options) is { } content)
        {
            reader = ahead;
            return content;
        }

        return new UnknownContent(JsonElement.ParseValue(ref reader).GetRawText());
    }

    internal static void WriteContent(Utf8JsonWriter writer, AIContent content, JsonSerializerOptions options)
    {
        if (content is UnknownContent unknown)
        {
            writer.WriteRawValue(unknown.Json, skipInputValidation: true);
        }
        else
        {
            JsonSerializer.Serialize(writer, content, options.GetTypeInfo(typeof(AIContent)));
        }
    }

    private static AIContent? TryRead(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<AIContent>)options.GetTypeInfo(typeof(AIContent)));
        }
#pragma warning disable CA1031 // Constructors and converters throw what they like at what they do not know.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
