using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiObs.Events.Log.Chain;

namespace AiObs.Events;

/// <summary>Writes an event as one JSON object without a line break, and reads it back. What is missing is left out.</summary>
internal static class AgentEventJson
{
    public const string Id = "id";
    public const string Time = "time";
    public const string Type = "type";
    public const string ConversationId = "conversation_id";
    public const string UserId = "user_id";
    public const string SessionId = "session_id";
    public const string TraceId = "trace_id";
    public const string SpanId = "span_id";
    public const string Data = "data";
    public const string Content = "content";

    /// <summary>Gets how to write: every control character is escaped in any case.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter writer, AgentEvent item)
    {
        writer.WriteStartObject();
        WriteFacts(writer, item);
        if (item.Content is { } content)
        {
            writer.WritePropertyName(Content);
            WriteContent(writer, content);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the members of all but the content.</summary>
    public static void WriteFacts(Utf8JsonWriter writer, AgentEvent item)
    {
        writer.WriteString(Id, item.Id);
        writer.WriteString(Time, item.Time.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString(Type, item.Type);
        WriteOptional(writer, ConversationId, item.ConversationId);
        WriteOptional(writer, UserId, item.UserId);
        WriteOptional(writer, SessionId, item.SessionId);
        WriteOptional(writer, TraceId, item.TraceId);
        WriteOptional(writer, SpanId, item.SpanId);
        writer.WritePropertyName(Data);
        writer.WriteRawValue(EventDataJson.Write(item.Data), skipInputValidation: true);
    }

    /// <summary>Reads an event; <see langword="null"/> when the text is not one.</summary>
    public static AgentEvent? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static AgentEvent Read(JsonElement item) => new()
    {
        Id = item.GetProperty(Id).GetGuid(),
        Time = item.GetProperty(Time).GetDateTimeOffset(),
        Type = item.GetProperty(Type).GetString()!,
        ConversationId = ReadOptional(item, ConversationId),
        UserId = ReadOptional(item, UserId),
        SessionId = ReadOptional(item, SessionId),
        TraceId = ReadOptional(item, TraceId),
        SpanId = ReadOptional(item, SpanId),
        Data = EventDataJson.Read(item.GetProperty(Data).GetRawText()),
        Content = item.TryGetProperty(Content, out var content) ? content.GetRawText() : null,
    };

    /// <summary>Writes content as the JSON that it is; line breaks between its tokens go.</summary>
    private static void WriteContent(Utf8JsonWriter writer, string content)
    {
        if (content.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0)
        {
            writer.WriteRawValue(content, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(content);
        document.WriteTo(writer);
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? ReadOptional(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;
}
