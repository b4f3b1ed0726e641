using System.Buffers;
using System.Text.Json;

namespace AiObs.Events.Log.Export;

/// <summary>One JSON object per line. What is missing is left out.</summary>
internal sealed class JsonLinesFormat : IEventFormat
{
    public void WriteHeader(IBufferWriter<byte> output)
    {
    }

    public void Write(IBufferWriter<byte> output, LoggedEvent logged)
    {
        using (var writer = new Utf8JsonWriter(output, AgentEventJson.Compact))
        {
            writer.WriteStartObject();
            WritePlace(writer, logged);
            AgentEventJson.WriteFacts(writer, logged.Event);
            WriteContent(writer, logged.Event.Content);
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

    /// <summary>Writes content as the JSON that it is, in one line; what is none, because it came to the log directly, as a text.</summary>
    private static void WriteContent(Utf8JsonWriter writer, string? content)
    {
        if (content is null)
        {
            return;
        }

        writer.WritePropertyName(AgentEventJson.Content);
        using var document = Parse(content);
        if (document is null)
        {
            writer.WriteStringValue(content);
        }
        else
        {
            document.WriteTo(writer);
        }
    }

    private static JsonDocument? Parse(string content)
    {
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
