using System.Runtime.CompilerServices;

namespace AiObs.Store.Traces;

/// <summary>Those who watch the traces of a store.</summary>
/// <param name="came">Runs when one has come, and may run at the same time for another.</param>
internal sealed class TraceWatchers(Action? came = null)
{
    private readonly Lock _lock = new();
    private volatile TraceWatcher[] _all = [];

    public IReadOnlyList<TraceWatcher> All => _all;

    public async IAsyncEnumerable<TraceChange> WatchAsync(TraceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new TraceWatcher(query);
        lock (_lock)
        {
            _all = [.. _all, watcher];
        }

        try
        {
            came?.Invoke();
            while (await watcher.NextAsync(cancellationToken).ConfigureAwait(false) is { } change)
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _all = [.. _all.Where(other => other != watcher)];
            }
        }
    }

    /// <summary>Tells of traces that have got spans, as they are now in a store: one look for all who watch the same.</summary>
    /// <param name="traceIds">The traces, at most 1,000, none twice, in the order in which to tell of them.</param>
    /// <param name="list">Lists traces.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    public async ValueTask TellAsync(
        IReadOnlyList<string> traceIds, Func<TraceQuery, CancellationToken, ValueTask<TracePage>> list, CancellationToken cancellationToken)
    {
        foreach (var watchers in _all.GroupBy(static watcher => watcher.Fingerprint))
        {
            var first = watchers.First();
            string[] wanted = [.. traceIds.Where(id => first.Filter.TraceIds?.Contains(id) != false)];
            if (wanted.Length == 0)
            {
                continue;
            }

            var page = await list(first.Query with { TraceIds = wanted }, cancellationToken).ConfigureAwait(false);
            var found = page.Traces.ToDictionary(static trace => trace.TraceId, StringComparer.Ordinal);
            foreach (var trace in wanted.Select(found.GetValueOrDefault).OfType<TraceSummary>())
            {
                foreach (var watcher in watchers)
                {
                    watcher.Tell(trace);
                }
            }
        }
    }

    /// <summary>Lets all watching end.</summary>
    public void End()
    {
        foreach (var watcher in _all)
        {
            watcher.End();
        }
    }
}
