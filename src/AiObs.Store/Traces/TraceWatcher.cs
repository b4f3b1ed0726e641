using System.Threading.Channels;

namespace AiObs.Store.Traces;

/// <summary>Somebody who watches traces, and what waits for them.</summary>
internal sealed class TraceWatcher
{
    /// <summary>How many changes may wait.</summary>
    public const int Capacity = 1_000;

    private readonly Channel<TraceSummary> _changes;
    private long _missedCount;

    public TraceWatcher(TraceQuery query)
    {
        Filter = new(query);
        Query = query with { Order = TraceOrder.Newest, PageSize = TraceQuery.MaxPageSize, Cursor = null };
        Fingerprint = Filter.Fingerprint("watch");
        _changes = Channel.CreateBounded<TraceSummary>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Miss(1));
    }

    public TraceFilter Filter { get; }

    /// <summary>Gets the query, for a page as large as can be.</summary>
    public TraceQuery Query { get; }

    /// <summary>Gets what watchers of the same traces share.</summary>
    public ulong Fingerprint { get; }

    public void Tell(TraceSummary trace) => _changes.Writer.TryWrite(trace);

    /// <summary>Counts changes that nobody could tell of.</summary>
    public void Miss(int count) => Interlocked.Add(ref _missedCount, count);

    /// <summary>Lets the watching end with what waits.</summary>
    public void End() => _changes.Writer.TryComplete();

    /// <summary>Returns the next change; <see langword="null"/> when there will be none.</summary>
    public async ValueTask<TraceChange?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_changes.Reader.TryRead(out var trace))
            {
                return new(trace, Interlocked.Exchange(ref _missedCount, 0));
            }
        }

        return null;
    }
}
