using System.Buffers;

namespace AiObs.Store.Events;

/// <summary>Writes a log to a stream, page after page, holding one page in memory.</summary>
internal static class EventExport
{
    public static async ValueTask<long> RunAsync(
        IEventLog log, Stream destination, IEventFormat format, EventQuery query, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        format.WriteHeader(buffer);
        var count = 0L;
        EventPage page;
        do
        {
            page = await log.ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var logged in page.Events)
            {
                format.Write(buffer, logged);
            }

            await destination.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            buffer.ResetWrittenCount();
            count += page.Events.Count;
            progress?.Report(count);
            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null);

        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }
}
