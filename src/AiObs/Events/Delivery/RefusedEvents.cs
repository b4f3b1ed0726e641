namespace AiObs.Events.Delivery;

/// <summary>Events that a sink refused while it accepted others. Each is tried again after others were accepted, and given up at last.</summary>
internal sealed class RefusedEvents(SinkQueue queue, SinkWriter writer, SinkHealth health)
{
    private const int MostRefusals = 5;
    private const int Capacity = 1_000;

    private readonly List<EventBatch.Entry> _entries = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Writes one event alone. Returns why the sink refused it, or nothing.</summary>
    public async Task<Exception?> TryAsync(EventBatch.Entry entry, CancellationToken stop)
    {
        try
        {
            await writer.WriteAsync(entry.Alone, stop).ConfigureAwait(false);
            health.NoteWritten(1, queue.Count - 1);
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
        queue.PutAside(entry.Sequence);
        _entries.Add(entry);
        Refuse(entry, reason);
        if (_entries.Count > Capacity)
        {
            GiveUp(_entries[0], reason);
        }
    }

    /// <summary>Tries the events again, as far as the sink has accepted others since.</summary>
    public async Task TryAgainAsync(CancellationToken stop)
    {
        foreach (var entry in _entries.Where(entry => entry.AcceptedBefore < health.Written).ToList())
        {
            if (await TryAsync(entry, stop).ConfigureAwait(false) is { } reason)
            {
                Refuse(entry, reason);
            }
            else
            {
                Remove(entry);
                queue.TakeBack(entry.Sequence);
            }
        }
    }

    private void Refuse(EventBatch.Entry entry, Exception reason)
    {
        entry.AcceptedBefore = health.Written;
        Volatile.Write(ref _count, _entries.Count);
        if (++entry.Refusals >= MostRefusals)
        {
            GiveUp(entry, reason);
        }
    }

    private void GiveUp(EventBatch.Entry entry, Exception reason)
    {
        Remove(entry);
        queue.Refuse(entry.Sequence, reason);
        health.NoteRefused(entry.Event, reason);
    }

    private void Remove(EventBatch.Entry entry)
    {
        _entries.Remove(entry);
        Volatile.Write(ref _count, _entries.Count);
    }
}
