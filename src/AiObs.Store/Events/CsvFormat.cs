using System.Buffers;
using System.Globalization;
using AiObs.Events;
using AiObs.Paging;

namespace AiObs.Store.Events;

/// <summary>Comma-separated values with a header. What a log writes itself is made harmless too: somebody may have changed it.</summary>
internal sealed class CsvFormat : IEventFormat
{
    public void WriteHeader(IBufferWriter<byte> output) => CsvLine.Write(output, [.. EventColumns.All]);

    public void Write(IBufferWriter<byte> output, LoggedEvent logged)
    {
        var item = logged.Event;
        CsvLine.Write(
            output,
            logged.Position.ToString(CultureInfo.InvariantCulture),
            CsvLine.Harmless(logged.Writer),
            logged.Sequence.ToString(CultureInfo.InvariantCulture),
            CsvLine.Harmless(logged.Hash),
            item.Id.ToString(),
            item.Time.ToString("O", CultureInfo.InvariantCulture),
            CsvLine.Harmless(item.Type),
            CsvLine.Harmless(item.ConversationId),
            CsvLine.Harmless(item.UserId),
            CsvLine.Harmless(item.SessionId),
            CsvLine.Harmless(item.TraceId),
            CsvLine.Harmless(item.SpanId),
            EventDataJson.Write(item.Data),
            CsvLine.Harmless(item.Content),
            logged.IsContentErased ? "true" : "false");
    }
}
