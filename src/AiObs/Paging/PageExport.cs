using System.Buffers;

namespace AiObs.Paging;

/// <summary>Writes listings to a stream, page after page, holding one page in memory.</summary>
internal static class PageExport
{
    /// <param name="destination">Where to write; it stays open.</param>
    /// <param name="header">What stands before the first entry.</param>
    /// <param name="query">Which entries, and where to start.</param>
    /// <param name="list">Returns the page of a query, and the query of the page after it; <see langword="null"/> on the last one.</param>
    /// <param name="write">Writes an entry with the end of its line.</param>
    /// <param name="progress">Hears, after each page, how many entries are written.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <returns>How many entries were written.</returns>
    public static async ValueTask<long> RunAsync<TQuery, TItem>(
        Stream destination,
        Action<IBufferWriter<byte>> header,
        TQuery query,
        Func<TQuery, CancellationToken, ValueTask<(IReadOnlyList<TItem> Items, TQuery? Next)>> list,
        Action<IBufferWriter<byte>, TItem> write,
        IProgress<long>? progress,
        CancellationToken cancellationToken)
        where TQuery : class
    {
        var buffer = new ArrayBufferWriter<byte>();
        header(buffer);
        var count = 0L;
        for (TQuery? next = query; next is not null;)
        {
            (var items, next) = await list(next, cancellationToken).ConfigureAwait(false);
            foreach (var item in items)
            {
                write(buffer, item);
            }

            await destination.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
            buffer.ResetWrittenCount();
            count += items.Count;
            progress?.Report(count);
        }

        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }
}
