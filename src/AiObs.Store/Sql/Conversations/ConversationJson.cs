using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiObs.Store.Sql.Conversations;

/// <summary>Writes what is read as a whole, and searched for by nobody, as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(MemoryRecord))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<TurnFinding>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
internal sealed partial class ConversationJson : JsonSerializerContext
{
    /// <summary>Writes texts; nothing where there is none.</summary>
    public static string? WriteTexts(IReadOnlyList<string> texts) => texts.Count == 0 ? null : JsonSerializer.Serialize(texts, Default.IReadOnlyListString);

    /// <exception cref="JsonException">These are no texts.</exception>
    public static IReadOnlyList<string> ReadTexts(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, Default.IReadOnlyListString) ?? [];

    /// <summary>Writes free data, each value as somebody has written it; nothing where there is none.</summary>
    public static string? WriteData(IReadOnlyDictionary<string, JsonElement> data)
    {
        if (data.Count == 0)
        {
            return null;
        }

        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in data)
            {
                writer.WritePropertyName(key);
                writer.WriteRawValue(value.GetRawText());
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <exception cref="JsonException">These are no data.</exception>
    public static IReadOnlyDictionary<string, JsonElement> ReadData(string? json) =>
        (json is null ? null : JsonSerializer.Deserialize(json, Default.IReadOnlyDictionaryStringJsonElement)) ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    public static string? WriteFindings(IReadOnlyList<TurnFinding> findings) => findings.Count == 0 ? null : JsonSerializer.Serialize(findings, Default.IReadOnlyListTurnFinding);

    /// <exception cref="JsonException">These are no findings.</exception>
    public static IReadOnlyList<TurnFinding> ReadFindings(string? json) => json is null ? [] : JsonSerializer.Deserialize(json, Default.IReadOnlyListTurnFinding) ?? [];

    public static string? WriteMemory(MemoryRecord? memory) => memory is null ? null : JsonSerializer.Serialize(memory, Default.MemoryRecord);

    /// <exception cref="JsonException">This is no record.</exception>
    public static MemoryRecord? ReadMemory(string? json) => json is null ? null : JsonSerializer.Deserialize(json, Default.MemoryRecord);
}
