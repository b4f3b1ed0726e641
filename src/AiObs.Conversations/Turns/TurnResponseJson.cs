using System.Buffers;
using System.Text;
using System.Text.Json;
using AiObs.Conversations.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Turns;

/// <summary>Writes the answer of a turn for whoever asks again, and reads it.</summary>
internal static class TurnResponseJson
{
    private const string Messages = "messages";
    private const string ResponseId = "response_id";
    private const string ConversationId = "conversation_id";
    private const string ModelId = "model";
    private const string FinishReason = "finish_reason";
    private const string CreatedAt = "created_at";
    private const string Usage = "usage";

    /// <summary>Stored messages are nested deeper than what is read by default may be.</summary>
    private const int MaxDepth = 2_048;

    public static string Write(ChatResponse response, IEnumerable<StoredMessage> messages)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            WriteText(writer, ResponseId, response.ResponseId);
            WriteText(writer, ConversationId, response.ConversationId);
            WriteText(writer, ModelId, response.ModelId);
            WriteText(writer, FinishReason, response.FinishReason?.Value);
            if (response.CreatedAt is { } at)
            {
                writer.WriteString(CreatedAt, at);
            }

            if (response.Usage is { } usage)
            {
                writer.WritePropertyName(Usage);
                JsonSerializer.Serialize(writer, usage, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(UsageDetails)));
            }

            writer.WriteStartArray(Messages);
            foreach (var message in messages)
            {
                writer.WriteRawValue(message.Content!.Json, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <exception cref="JsonException">This is no answer.</exception>
    public static ChatResponse Read(string json, JsonSerializerOptions? options)
    {
        using var document = JsonDocument.Parse(json, new() { MaxDepth = MaxDepth });
        var root = document.RootElement;
        return new ChatResponse([.. root.GetProperty(Messages).EnumerateArray().Select(message => ReadMessage(message.GetRawText(), options))])
        {
            ResponseId = ReadText(root, ResponseId),
            ConversationId = ReadText(root, ConversationId),
            ModelId = ReadText(root, ModelId),
            FinishReason = ReadText(root, FinishReason) is { } reason ? new ChatFinishReason(reason) : null,
            CreatedAt = root.TryGetProperty(CreatedAt, out var at) ? at.GetDateTimeOffset() : null,
            Usage = root.TryGetProperty(Usage, out var usage) ? (UsageDetails?)usage.Deserialize(AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(UsageDetails))) : null,
        };
    }

    private static ChatMessage ReadMessage(string json, JsonSerializerOptions? options)
    {
        var message = new MessageContent(json, "").ToMessage(options);
        SendableContent.RemoveOwn(message);
        return message;
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? ReadText(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
