using System.Buffers;
using System.Text.Json;
using AiObs.Events;

namespace AiObs.Store.Events;

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
            AgentEventJson.WriteContent(writer, logged.Event.Content);
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
}
