using System.Threading.Channels;

namespace AiObs.Store.Traces;

/// <summary>Somebody who watches traces, and what waits for them.</summary>
internal sealed class TraceWatcher
{
    /// <summary>How many changes may wait.</summary>
    public const int Capacity = 1_000;

    private readonly Channel<TraceSummary> _changes;
    private long _missedCount;

    public TraceWatcher(TraceFilter filter)
    {
        Filter = filter;
        _changes = Channel.CreateBounded<TraceSummary>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => Interlocked.Increment(ref _missedCount));
    }

    public TraceFilter Filter { get; }

    public void Tell(TraceSummary trace) => _changes.Writer.TryWrite(trace);

    public async ValueTask<TraceChange> NextAsync(CancellationToken cancellationToken)
    {
        var trace = await _changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new(trace, Interlocked.Exchange(ref _missedCount, 0));
    }
}
