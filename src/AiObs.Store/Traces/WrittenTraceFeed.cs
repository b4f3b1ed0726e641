namespace AiObs.Store.Traces;

/// <summary>The feed of a store that has none: it tells of what this process writes, and of nothing that others do.</summary>
internal sealed class WrittenTraceFeed(ITraceStore store) : ITraceFeed
{
    private readonly TraceWatchers _watchers = new();

    /// <summary>Returns the feed of a store.</summary>
    public static ITraceFeed Of(ITraceStore store) => store as ITraceFeed ?? new WrittenTraceFeed(store);

    /// <inheritdoc/>
    public IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _watchers.WatchAsync(query, cancellationToken);
    }

    /// <summary>Tells of spans that were written. It never throws, as they are.</summary>
    public async ValueTask TellAsync(IReadOnlyList<SpanRecord> spans, CancellationToken cancellationToken)
    {
        if (_watchers.All.Count == 0)
        {
            return;
        }

        string[] ids = [.. spans.Select(static span => span.TraceId).Distinct(StringComparer.Ordinal)];
        try
        {
            await _watchers.TellAsync(ids, store.ListAsync, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What is written must not be written again because nobody could be told of it.
        catch (Exception)
#pragma warning restore CA1031
        {
            foreach (var watcher in _watchers.All)
            {
                watcher.Miss(ids.Length);
            }
        }
    }
}
