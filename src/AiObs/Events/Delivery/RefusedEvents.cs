namespace AiObs.Events.Delivery;

/// <summary>
/// Events that a sink refused while it accepted others. Each is tried again with growing pauses and with every batch, and given up when the sink
/// has refused it several times right after it had accepted others.
/// </summary>
internal sealed class RefusedEvents : IDisposable
{
    private const int MostRefusals = 5;
    private const int Capacity = 1_000;

    private readonly List<EventBatch.Entry> _entries = [];
    private readonly SinkQueue _queue;
    private readonly SinkWriter _writer;
    private readonly SinkHealth _health;
    private readonly EventSinkOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _pause;
    private int _count;

    public RefusedEvents(SinkQueue queue, SinkWriter writer, SinkHealth health, EventSinkOptions options, TimeProvider clock)
    {
        _queue = queue;
        _writer = writer;
        _health = health;
        _options = options;
        _pause = options.BackOff;
        _timer = clock.CreateTimer(
            static queue => ((SinkQueue)queue!).WakeUp(), queue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Writes one event alone. Returns why the sink refused it, or nothing.</summary>
    public async Task<Exception?> TryAsync(EventBatch.Entry entry, CancellationToken stop)
    {
        try
        {
            await _writer.WriteAsync(entry.Alone, stop).ConfigureAwait(false);
            _health.NoteWritten(1, _queue.Count - 1);
            return null;
        }
#pragma warning disable CA1031 // What a sink throws is its answer; the caller decides what it means.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    /// <summary>Puts an event aside that was refused just now.</summary>
    public void Add(EventBatch.Entry entry, Exception reason)
    {
        _queue.PutAside(entry.Sequence);
        _entries.Add(entry);
        Volatile.Write(ref _count, _entries.Count);
        Refuse(entry, reason);
        if (_entries.Count > Capacity)
        {
            GiveUp(_entries[0], reason);
        }
    }

    /// <summary>Tries the events again.</summary>
    public async Task TryAgainAsync(CancellationToken stop)
    {
        foreach (var entry in _entries.ToList())
        {
            var accepted = _health.Written;
            if (await TryAsync(entry, stop).ConfigureAwait(false) is not { } reason)
            {
                Remove(entry);
                _queue.TakeBack(entry.Sequence);
            }
            else if (entry.AcceptedBefore < accepted)
            {
                // What the sink does when it accepts nothing else says nothing of the event.
                Refuse(entry, reason);
            }
        }

        Pause();
    }

    public void Dispose() => _timer.Dispose();

    private void Pause()
    {
        if (_entries.Count == 0)
        {
            _pause = _options.BackOff;
            return;
        }

        _timer.Change(_pause, Timeout.InfiniteTimeSpan);
        _pause = _pause * 2 < _options.MaxBackOff ? _pause * 2 : _options.MaxBackOff;
    }

    private void Refuse(EventBatch.Entry entry, Exception reason)
    {
        entry.AcceptedBefore = _health.Written;
        if (++entry.Refusals >= MostRefusals)
        {
            GiveUp(entry, reason);
        }
    }

    private void GiveUp(EventBatch.Entry entry, Exception reason)
    {
        Remove(entry);
        _queue.Refuse(entry.Sequence, reason);
        _health.NoteRefused(entry.Event, reason);
    }

    private void Remove(EventBatch.Entry entry)
    {
        _entries.Remove(entry);
        Volatile.Write(ref _count, _entries.Count);
    }
}
