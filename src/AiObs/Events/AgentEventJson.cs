using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiObs.Operations.Content;

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

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u0085\u2028\u2029");

    // Readers refuse documents deeper than 64, and content stands inside of its event.
    private static readonly JsonDocumentOptions Readable = new() { MaxDepth = 60 };

    /// <summary>Gets how to write: every control character is escaped in any case.</summary>
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter writer, AgentEvent item)
    {
        writer.WriteStartObject();
        WriteFacts(writer, item);
        WriteContent(writer, item.Content);
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

    /// <summary>Writes content as the JSON that it is, in one line; what is none that can be read back, because it did not come from us, as a text.</summary>
    public static void WriteContent(Utf8JsonWriter writer, string? content)
    {
        if (content is null)
        {
            return;
        }

        writer.WritePropertyName(Content);
        if (InOneLine(content) is { } json)
        {
            writer.WriteRawValue(json, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(content);
        }
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

    private static string? InOneLine(string content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, Readable);
            return content.AsSpan().ContainsAny(LineEnds)
                ? MessageJson.Write(document.RootElement, static (writer, root) => root.WriteTo(writer))
                : content;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, or a half surrogate pair in it, as itself or escaped.
            return null;
        }
    }

    private static AgentEvent Read(JsonElement item) => new()
    {
        Id = item.GetProperty(Id).GetGuid(),
        Time = item.GetProperty(Time).GetDateTimeOffset(),
        Type = item.GetProperty(Type).GetString() ?? throw new FormatException("An event has a type."),
        ConversationId = ReadOptional(item, ConversationId),
        UserId = ReadOptional(item, UserId),
        SessionId = ReadOptional(item, SessionId),
        TraceId = ReadOptional(item, TraceId),
        SpanId = ReadOptional(item, SpanId),
        Data = EventDataJson.Read(item.GetProperty(Data).GetRawText()),
        Content = item.TryGetProperty(Content, out var content) ? content.GetRawText() : null,
    };

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string? ReadOptional(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;
}
