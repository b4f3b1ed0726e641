using System.Runtime.CompilerServices;
using AiObs.Paging;

namespace AiObs.Events.Log;

/// <summary>Reads event logs to their end.</summary>
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
