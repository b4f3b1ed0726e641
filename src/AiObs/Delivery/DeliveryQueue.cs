using System.Threading.Channels;

namespace AiObs.Delivery;

/// <summary>The items that wait for one target. Adding is cheap: the worker is woken once per batch, not once per item.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <remarks>Each item has a sequence number, counted from 1; what has left the queue for good is known by one number.</remarks>
internal sealed class DeliveryQueue<T> : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<T> _items = new();
    private readonly List<QueueWaiter> _waiters = [];
    private readonly HashSet<long> _aside = [];
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly int _capacity;
    private readonly int _batchSize;
    private readonly TimeSpan _batchAge;
    private readonly bool _dropsOldest;
    private readonly ITimer _timer;
    private TaskCompletionSource? _room;
    private long _taken;
    private long _finished;
    private bool _isDue;
    private bool _isClosed;

    public DeliveryQueue(DeliveryOptions options, TimeProvider clock)
    {
        _capacity = options.Capacity;
        _batchSize = options.BatchSize;
        _batchAge = options.BatchAge;
        _dropsOldest = options.DropsOldest;
        _timer = clock.CreateTimer(
            static queue => ((DeliveryQueue<T>)queue!).MakeDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets how many items have not left for good.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _taken + _items.Count - _finished + _aside.Count;
            }
        }
    }

    /// <summary>Gets the sequence number of the newest item.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _taken + _items.Count;
            }
        }
    }

    /// <summary>Gets a value indicating whether nothing comes any more.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_lock)
            {
                return _isClosed && _items.Count == 0;
            }
        }
    }

    public QueueAdmission Add(T item, out long sequence)
    {
        var admission = QueueAdmission.Accepted;
        bool wakes;
        bool isFirst;
        lock (_lock)
        {
            sequence = 0;
            if (_isClosed)
            {
                return QueueAdmission.Closed;
            }

            if (_items.Count == _capacity)
            {
                if (!_dropsOldest)
                {
                    return QueueAdmission.Full;
                }

                _items.Dequeue();
                _taken++;
                admission = QueueAdmission.AcceptedForOldest;
            }

            _items.Enqueue(item);
            sequence = _taken + _items.Count;
            wakes = !_isDue && (_items.Count >= _batchSize || _batchAge == TimeSpan.Zero);
            isFirst = !_isDue && _items.Count == 1;
            _isDue |= wakes;
        }

        if (wakes)
        {
            WakeUp();
        }
        else if (isFirst)
        {
            StartTimer();
        }

        return admission;
    }

    /// <summary>Takes the next batch; <see langword="null"/> when nothing is due.</summary>
    public DeliveryBatch<T>? Take() => Take(_batchSize, onlyWhenDue: true);

    /// <summary>Takes one item ahead of its time.</summary>
    public DeliveryBatch<T>? TakeOne() => Take(1, onlyWhenDue: false);

    /// <summary>Notes that everything taken so far has left for good, but for what was put aside.</summary>
    public void Finish()
    {
        List<QueueWaiter> done;
        lock (_lock)
        {
            _finished = _taken;
            done = TakeWaiters(waiter => IsDone(waiter) && !waiter.FlushesTarget);
        }

        done.ForEach(static waiter => waiter.Succeed());
    }

    /// <summary>Notes that an item is tried again later, out of its order.</summary>
    public void PutAside(long sequence)
    {
        lock (_lock)
        {
            _aside.Add(sequence);
        }
    }

    /// <summary>Notes that an item that was put aside is written after all.</summary>
    public void TakeBack(long sequence)
    {
        lock (_lock)
        {
            _aside.Remove(sequence);
        }

        Finish();
    }

    /// <summary>Makes everything due and waits until all up to an item has left for good.</summary>
    public QueueWaiter WaitFor(long first, long last, bool flushesTarget)
    {
        var waiter = new QueueWaiter(first, last, flushesTarget);
        lock (_lock)
        {
            if (IsDone(waiter) && !flushesTarget)
            {
                waiter.Succeed();
                return waiter;
            }

            _waiters.Add(waiter);
            _isDue = true;
        }

        WakeUp();
        return waiter;
    }

    /// <summary>Forgets somebody who does not wait any longer.</summary>
    public void Forget(QueueWaiter waiter)
    {
        lock (_lock)
        {
            _waiters.Remove(waiter);
        }
    }

    /// <summary>Tells those who wait for an item that the target will not take it.</summary>
    public void Refuse(long sequence, Exception reason)
    {
        List<QueueWaiter> refused;
        lock (_lock)
        {
            _aside.Remove(sequence);
            refused = TakeWaiters(waiter => waiter.First <= sequence && sequence <= waiter.Last && !waiter.FlushesTarget);
        }

        refused.ForEach(waiter => waiter.Fail(reason));
    }

    /// <summary>Tells all who wait that it is going to take long. Who flushes the target has said how long that may be.</summary>
    public void LetGo(Exception reason)
    {
        List<QueueWaiter> waiters;
        lock (_lock)
        {
            waiters = TakeWaiters(static waiter => !waiter.FlushesTarget);
        }

        waiters.ForEach(waiter => waiter.Fail(reason));
    }

    /// <summary>Takes out those whose items are gone and who wait for the target to be flushed now.</summary>
    public List<QueueWaiter> TakeFlushes()
    {
        lock (_lock)
        {
            return TakeWaiters(waiter => IsDone(waiter) && waiter.FlushesTarget);
        }
    }

    /// <summary>Has the worker look whether there is something to do.</summary>
    public void WakeUp() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Waits until something is due.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await _wakeUps.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until items leave the queue.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_lock)
        {
            return _isClosed || _items.Count < _capacity
                ? Task.CompletedTask
                : (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Lets nothing in any more and makes the rest due.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _room?.TrySetResult();
        }

        MakeDue();
    }

    /// <summary>Gives up what is left. Returns how many items that is.</summary>
    public int Abandon(Exception reason)
    {
        List<QueueWaiter> waiters;
        int count;
        lock (_lock)
        {
            count = _items.Count;
            _aside.Clear();
            _taken += count;
            _finished = _taken;
            _items.Clear();
            waiters = TakeWaiters(static _ => true);
        }

        waiters.ForEach(waiter => waiter.Fail(reason));
        return count;
    }

    public void Dispose() => _timer.Dispose();

    private DeliveryBatch<T>? Take(int most, bool onlyWhenDue)
    {
        long first;
        T[] items;
        bool startsTimer;
        TaskCompletionSource? room;
        lock (_lock)
        {
            if (_items.Count == 0 || (onlyWhenDue && !_isDue))
            {
                _isDue &= _items.Count > 0;
                return null;
            }

            first = _taken + 1;
            items = new T[Math.Min(most, _items.Count)];
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = _items.Dequeue();
            }

            _taken += items.Length;

            _isDue = _isClosed || _items.Count >= _batchSize || (_batchAge == TimeSpan.Zero && _items.Count > 0) || _waiters.Exists(waiter => waiter.Last > _taken);
            startsTimer = !_isDue && _items.Count > 0;
            room = _room;
            _room = null;
        }

        if (startsTimer)
        {
            StartTimer();
        }

        room?.TrySetResult();
        return new DeliveryBatch<T>(first, items);
    }

    private bool IsDone(QueueWaiter waiter) =>
        waiter.Last <= _finished && !_aside.Any(sequence => waiter.First <= sequence && sequence <= waiter.Last);

    private void MakeDue()
    {
        lock (_lock)
        {
            _isDue = true;
        }

        WakeUp();
    }

    private void StartTimer() => _timer.Change(_batchAge, Timeout.InfiniteTimeSpan);

    private List<QueueWaiter> TakeWaiters(Predicate<QueueWaiter> predicate)
    {
        var taken = _waiters.FindAll(predicate);
        _waiters.RemoveAll(predicate);
        return taken;
    }
}
