namespace AiObs.Delivery;

/// <summary>
/// Items that a target refused while it accepted others. Each is tried again with growing pauses and with every batch, and given up when the target
/// has refused it several times right after it had accepted others.
/// </summary>
/// <typeparam name="T">What is written.</typeparam>
internal sealed class RefusedItems<T> : IDisposable
{
    private const int MostRefusals = 5;
    private const int Capacity = 1_000;

    private readonly List<DeliveryBatch<T>.Entry> _entries = [];
    private readonly DeliveryQueue<T> _queue;
    private readonly DeliveryWriter<T> _writer;
    private readonly DeliveryHealth<T> _health;
    private readonly DeliveryOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _pause;
    private int _count;

    public RefusedItems(
        DeliveryQueue<T> queue, DeliveryWriter<T> writer, DeliveryHealth<T> health, DeliveryOptions options, TimeProvider clock)
    {
        _queue = queue;
        _writer = writer;
        _health = health;
        _options = options;
        _pause = options.BackOff;
        _timer = clock.CreateTimer(
            static queue => ((DeliveryQueue<T>)queue!).WakeUp(), queue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Writes one item alone. Returns why the target refused it, or nothing.</summary>
    public async Task<Exception?> TryAsync(DeliveryBatch<T>.Entry entry, CancellationToken stop)
    {
        try
        {
            await _writer.WriteAsync(entry.Alone, stop).ConfigureAwait(false);
            _health.NoteWritten(1, _queue.Count - 1);
            return null;
        }
#pragma warning disable CA1031 // What a target throws is its answer; the caller decides what it means.
        catch (Exception exception) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    /// <summary>Puts an item aside that was refused just now.</summary>
    public void Add(DeliveryBatch<T>.Entry entry, Exception reason)
    {
        _queue.PutAside(entry.Sequence, entry.Item);
        _entries.Add(entry);
        Volatile.Write(ref _count, _entries.Count);
        Refuse(entry, reason);
        if (_entries.Count > Capacity)
        {
            GiveUp(_entries[0], reason);
        }
    }

    /// <summary>Tries the items again.</summary>
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
                // What the target does when it accepts nothing else says nothing of the item.
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

    private void Refuse(DeliveryBatch<T>.Entry entry, Exception reason)
    {
        entry.AcceptedBefore = _health.Written;
        if (++entry.TimesRefused >= MostRefusals)
        {
            GiveUp(entry, reason);
        }
    }

    private void GiveUp(DeliveryBatch<T>.Entry entry, Exception reason)
    {
        Remove(entry);
        _queue.Refuse(entry.Sequence, reason);
        _health.NoteRefused(entry.Item, reason);
    }

    private void Remove(DeliveryBatch<T>.Entry entry)
    {
        _entries.Remove(entry);
        Volatile.Write(ref _count, _entries.Count);
    }
}
