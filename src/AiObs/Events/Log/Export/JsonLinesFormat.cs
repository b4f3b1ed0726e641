using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiObs.Events.Log.Chain;

namespace AiObs.Events.Log.Export;

/// <summary>One JSON object per line. What is missing is left out.</summary>
internal sealed class JsonLinesFormat : IEventFormat
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void WriteHeader(IBufferWriter<byte> output)
    {
    }

    public void Write(IBufferWriter<byte> output, LoggedEvent logged)
    {
        using (var writer = new Utf8JsonWriter(output, Compact))
        {
            writer.WriteStartObject();
            WritePlace(writer, logged);
            WriteEvent(writer, logged.Event);
            if (logged.IsContentErased)
            {
                writer.WriteBoolean(EventColumns.ContentErased, true);
            }

            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WritePlace(Utf8JsonWriter writer, LoggedEvent logged)
    {
        writer.WriteNumber(EventColumns.Position, logged.Position);
        writer.WriteString(EventColumns.Writer, logged.Writer);
        writer.WriteNumber(EventColumns.Sequence, logged.Sequence);
        writer.WriteString(EventColumns.Hash, logged.Hash);
    }

    private static void WriteEvent(Utf8JsonWriter writer, AgentEvent item)
    {
        writer.WriteString(EventColumns.Id, item.Id);
        writer.WriteString(EventColumns.Time, item.Time);
        writer.WriteString(EventColumns.Type, item.Type);
        WriteOptional(writer, EventColumns.ConversationId, item.ConversationId);
        WriteOptional(writer, EventColumns.UserId, item.UserId);
        WriteOptional(writer, EventColumns.SessionId, item.SessionId);
        WriteOptional(writer, EventColumns.TraceId, item.TraceId);
        WriteOptional(writer, EventColumns.SpanId, item.SpanId);
        writer.WritePropertyName(EventColumns.Data);
        writer.WriteRawValue(EventDataJson.Write(item.Data), skipInputValidation: true);
        if (item.Content is { } content)
        {
            writer.WritePropertyName(EventColumns.Content);
            WriteContent(writer, content);
        }
    }

    /// <summary>Writes content as the JSON that it is, in one line; what is none as a text.</summary>
    private static void WriteContent(Utf8JsonWriter writer, string content)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(content);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(content);
            return;
        }

        using (document)
        {
            document.WriteTo(writer);
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
