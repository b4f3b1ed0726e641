using System.Threading.Channels;

namespace AiObs.Delivery;

/// <summary>The items that wait for one target. Adding is cheap: the worker is woken once per batch, not once per item.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <remarks>Each item has a sequence number, counted from 1; what has left the queue for good is known by one number.</remarks>
internal sealed class DeliveryQueue<T> : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<(T Item, long Size)> _items = new();
    private readonly List<QueueWaiter> _waiters = [];
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Func<T, long> _sizeOf;
    private readonly QueueRoom _space;
    private readonly int _batchSize;
    private readonly TimeSpan _batchAge;
    private readonly bool _dropsOldest;
    private readonly ITimer _timer;
    private TaskCompletionSource? _room;
    private long _taken;
    private long _finished;
    private bool _isDue;
    private bool _isClosed;

    /// <summary>Initializes a new instance of the <see cref="DeliveryQueue{T}"/> class.</summary>
    /// <param name="options">How much may wait, and for how long.</param>
    /// <param name="sizeOf">Returns the bytes of an item.</param>
    /// <param name="clock">Measures the age of a batch.</param>
    public DeliveryQueue(DeliveryOptions options, Func<T, long> sizeOf, TimeProvider clock)
    {
        _sizeOf = sizeOf;
        _space = new QueueRoom(options.Capacity, options.CapacityBytes);
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
                return _space.Held;
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

    /// <summary>Lets an item in, if there is room for it; of what is being written, nothing goes to make room.</summary>
    /// <param name="item">The item.</param>
    /// <param name="sequence">Its number; 0 where it found no room.</param>
    /// <param name="dropped">How many older ones had to go for it.</param>
    public QueueAdmission Add(T item, out long sequence, out int dropped)
    {
        var size = _sizeOf(item);
        bool wakes;
        bool isFirst;
        lock (_lock)
        {
            sequence = 0;
            dropped = 0;
            if (_isClosed)
            {
                return QueueAdmission.Closed;
            }

            if (!_space.HasFor(size) && !(_dropsOldest && _space.CouldHaveFor(size)))
            {
                return QueueAdmission.Full;
            }

            for (; !_space.HasFor(size); dropped++)
            {
                _space.Drop(_items.Dequeue().Size);
                _taken++;
            }

            _items.Enqueue((item, size));
            _space.Add(size);
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

        return QueueAdmission.Accepted;
    }

    /// <summary>Takes the next batch; <see langword="null"/> when nothing is due.</summary>
    public DeliveryBatch<T>? Take() => Take(_batchSize, onlyWhenDue: true);

    /// <summary>Takes one item ahead of its time.</summary>
    public DeliveryBatch<T>? TakeOne() => Take(1, onlyWhenDue: false);

    /// <summary>Notes that everything taken so far has left for good, but for what was put aside.</summary>
    public void Finish()
    {
        List<QueueWaiter> done;
        TaskCompletionSource? room;
        lock (_lock)
        {
            _finished = _taken;
            _space.Finish();
            room = TakeRoom();
            done = TakeWaiters(waiter => IsDone(waiter) && !waiter.FlushesTarget);
        }

        room?.TrySetResult();
        done.ForEach(static waiter => waiter.Succeed());
    }

    /// <summary>Notes that an item that was taken is tried again later, out of its order.</summary>
    public void PutAside(long sequence, T item)
    {
        var size = _sizeOf(item);
        lock (_lock)
        {
            _space.PutAside(sequence, size);
        }
    }

    /// <summary>Notes that an item that was put aside is written after all.</summary>
    public void TakeBack(long sequence)
    {
        lock (_lock)
        {
            _space.RemoveAside(sequence);
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
        TaskCompletionSource? room;
        lock (_lock)
        {
            _space.RemoveAside(sequence);
            room = TakeRoom();
            refused = TakeWaiters(waiter => waiter.First <= sequence && sequence <= waiter.Last && !waiter.FlushesTarget);
        }

        room?.TrySetResult();
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

    /// <summary>Waits until items have left for good, unless there is room for one.</summary>
    public Task WaitForRoomAsync(T item)
    {
        var size = _sizeOf(item);
        lock (_lock)
        {
            return _isClosed || _space.HasFor(size)
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
            _taken += count;
            _finished = _taken;
            _items.Clear();
            _space.Clear();
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
                (items[i], var size) = _items.Dequeue();
                _space.Take(size);
            }

            _taken += items.Length;
            _isDue = _isClosed || _items.Count >= _batchSize || (_batchAge == TimeSpan.Zero && _items.Count > 0) || _waiters.Exists(waiter => waiter.Last > _taken);
            startsTimer = !_isDue && _items.Count > 0;
        }

        if (startsTimer)
        {
            StartTimer();
        }

        return new DeliveryBatch<T>(first, items);
    }

    private TaskCompletionSource? TakeRoom()
    {
        var room = _room;
        _room = null;
        return room;
    }

    private bool IsDone(QueueWaiter waiter) =>
        waiter.Last <= _finished && !_space.IsAnyAside(waiter.First, waiter.Last);

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
