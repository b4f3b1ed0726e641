namespace AiObs.Store;

/// <summary>Tells of traces as they grow.</summary>
/// <remarks>
/// Stores in memory tell at once. Databases are asked once a second while somebody watches, once for all who do, and tell of what other processes write too. A store that is no feed itself
/// has one that tells of what this process writes. Spans that have not ended are in no store: <see cref="RunningSpans"/> has them.
/// </remarks>
public interface ITraceFeed
{
    /// <summary>Watches traces from now on; in a database that others watch already, from a second before.</summary>
    /// <param name="query">Which traces; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>
    /// A change for each batch of spans that a trace got, or for several that it got within a second; the trace is as it is when that is told. A reader that falls behind by more than
    /// 1,000 changes misses the oldest of them. A database that is away tells when it is back. The changes end when the store is disposed, where it can be.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, CancellationToken cancellationToken = default);
}
