using System.Runtime.CompilerServices;
using AiObs.Store.Events.Export;

namespace AiObs.Store;

/// <summary>Reads event logs to their end, and exports them.</summary>
public static class AiObsEventLogExtensions
{
    /// <summary>Lists all events, page after page, holding one page in memory.</summary>
    /// <param name="log">The log.</param>
    /// <param name="query">Which events; its cursor says where to start, its page size how many are fetched at once.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The events, in the order that was asked for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query; thrown when the reading starts.</exception>
    public static IAsyncEnumerable<LoggedEvent> ReadAsync(
        this IEventLog log, EventQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(query);
        return ReadPagesAsync(log, query, cancellationToken);
    }

    /// <summary>Writes events as JSON lines in UTF-8: one object per event, with its place in the chain.</summary>
    /// <param name="log">The log.</param>
    /// <param name="destination">Where to write; it stays open.</param>
    /// <param name="query">Which events, in which order, and how many are fetched at once; all when <see langword="null"/>.</param>
    /// <param name="progress">Hears, after each page, how many events are written.</param>
    /// <param name="cancellationToken">Cancels the export; what was written until then stays.</param>
    /// <returns>How many events were written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="destination"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    public static ValueTask<long> ExportJsonLinesAsync(
        this IEventLog log,
        Stream destination,
        EventQuery? query = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(destination);
        return EventExport.RunAsync(log, destination, new JsonLinesFormat(), query ?? EventQuery.All, progress, cancellationToken);
    }

    /// <summary>Writes events as comma-separated values (RFC 4180) in UTF-8, with a header.</summary>
    /// <param name="log">The log.</param>
    /// <param name="destination">Where to write; it stays open.</param>
    /// <param name="query">Which events, in which order, and how many are fetched at once; all when <see langword="null"/>.</param>
    /// <param name="progress">Hears, after each page, how many events are written.</param>
    /// <param name="cancellationToken">Cancels the export; what was written until then stays.</param>
    /// <returns>How many events were written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="destination"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    /// <remarks>
    /// Texts that a spreadsheet would run as a formula (they start with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, in any width, or with a tab or
    /// a line break) have an apostrophe before them.
    /// </remarks>
    public static ValueTask<long> ExportCsvAsync(
        this IEventLog log,
        Stream destination,
        EventQuery? query = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(destination);
        return EventExport.RunAsync(log, destination, new CsvFormat(), query ?? EventQuery.All, progress, cancellationToken);
    }

    private static async IAsyncEnumerable<LoggedEvent> ReadPagesAsync(
        IEventLog log, EventQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EventPage page;
        do
        {
            page = await log.ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var logged in page.Events)
            {
                yield return logged;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null);
    }
}
