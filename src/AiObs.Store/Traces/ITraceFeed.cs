namespace AiObs.Store;

/// <summary>Tells of traces as they grow.</summary>
public interface ITraceFeed
{
    /// <summary>Watches traces from now on.</summary>
    /// <param name="query">Which traces; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>
    /// A change for each batch of spans that a trace got. A reader that falls behind by more than 1,000 changes misses the oldest of them.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, CancellationToken cancellationToken = default);
}
