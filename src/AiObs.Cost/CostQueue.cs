using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace AiObs.Cost;

/// <summary>The records that a store has not taken yet. One worker takes them; whoever flushes waits until none is left of those that were there.</summary>
/// <param name="capacity">How many new records may wait.</param>
internal sealed class CostQueue(int capacity)
{
    private readonly Channel<CostRecord> _new = Channel.CreateBounded<CostRecord>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly Queue<WaitingCost> _refused = new();
    private readonly List<(long Last, TaskCompletionSource Done)> _flushes = [];
    private readonly Lock _lock = new();
    private WaitingCost[] _current = [];
    private long _taken;

    /// <summary>Gets how many records were refused and wait to be tried again.</summary>
    public int RefusedCount
    {
        get
        {
            lock (_lock)
            {
                return _refused.Count;
            }
        }
    }

    public bool TryAdd(CostRecord record) => _new.Writer.TryWrite(record);

    /// <summary>Lets nothing in any more. Returns true to the first caller alone.</summary>
    public bool TryClose() => _new.Writer.TryComplete();

    /// <summary>Takes what is to be tried next; <see langword="null"/> when the queue is closed and empty.</summary>
    /// <param name="most">How many new records may come at once.</param>
    /// <param name="isFailing">Whether the last try failed. Then a record that was not refused yet tells whether it is the store or the record.</param>
    public async ValueTask<WaitingCost[]?> TakeAsync(int most, bool isFailing)
    {
        WaitingCost[]? next;
        if (!isFailing && TryTakeRefused(out next))
        {
            return next;
        }

        do
        {
            if (TryTakeNew(isFailing ? 1 : most, out next) || TryTakeRefused(out next))
            {
                return next;
            }
        }
        while (await _new.Reader.WaitToReadAsync().ConfigureAwait(false));

        return null;
    }

    /// <summary>Keeps a record that was taken for another try.</summary>
    public void PutBack(WaitingCost refused)
    {
        lock (_lock)
        {
            _refused.Enqueue(refused);
        }
    }

    /// <summary>Notes that what was taken is written, given up or put back.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            _current = [];
            _flushes.RemoveAll(flush => IsDone(flush.Last) && flush.Done.TrySetResult());
        }
    }

    /// <summary>Waits until no record is left of those that are there now.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        (long Last, TaskCompletionSource Done) flush;
        lock (_lock)
        {
            flush = (_taken + _new.Reader.Count, new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (IsDone(flush.Last))
            {
                return;
            }

            _flushes.Add(flush);
        }

        try
        {
            await flush.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _flushes.Remove(flush);
            }
        }
    }

    private bool TryTakeNew(int most, [NotNullWhen(true)] out WaitingCost[]? next)
    {
        List<WaitingCost> batch = [];
        lock (_lock)
        {
            while (batch.Count < most && _new.Reader.TryRead(out var record))
            {
                batch.Add(new WaitingCost(record, ++_taken));
            }

            next = batch.Count == 0 ? null : _current = [.. batch];
        }

        return next is not null;
    }

    private bool TryTakeRefused([NotNullWhen(true)] out WaitingCost[]? next)
    {
        lock (_lock)
        {
            next = _refused.TryDequeue(out var refused) ? _current = [refused] : null;
        }

        return next is not null;
    }

    private bool IsDone(long last) => _taken >= last && !_current.Concat(_refused).Any(waiting => waiting.Sequence <= last);
}
