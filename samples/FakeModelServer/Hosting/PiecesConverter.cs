using System.Text.Json;
using System.Text.Json.Serialization;

namespace FakeModelServer.Hosting;

/// <summary>Lets a script write a text that is sent in one piece as one string.</summary>
internal sealed class PiecesConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return [reader.GetString()!];
        }

        var pieces = JsonSerializer.Deserialize<string[]>(ref reader, options);

        // The serializer lets null pass where an element must not be null.
        return pieces?.Contains(null) == false ? pieces : throw new JsonException("The pieces of a text must be strings.");
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
