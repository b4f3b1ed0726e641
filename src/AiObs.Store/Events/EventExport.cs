using AiObs.Paging;

namespace AiObs.Store.Events;

/// <summary>Writes a log to a stream.</summary>
internal static class EventExport
{
    public static ValueTask<long> RunAsync(
        IEventLog log, Stream destination, IEventFormat format, EventQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        PageExport.RunAsync(destination, format.WriteHeader, query, log.ListPageAsync, format.Write, progress, cancellationToken);

    /// <summary>Returns a page, and the query of the next one.</summary>
    public static async ValueTask<(IReadOnlyList<LoggedEvent> Items, EventQuery? Next)> ListPageAsync(
        this IEventLog log, EventQuery query, CancellationToken cancellationToken)
    {
        var page = await log.ListAsync(query, cancellationToken).ConfigureAwait(false);
        return (page.Events, page.NextCursor is null ? null : query with { Cursor = page.NextCursor });
    }
}
