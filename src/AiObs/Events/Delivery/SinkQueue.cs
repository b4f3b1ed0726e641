using System.Threading.Channels;

namespace AiObs.Events.Delivery;

/// <summary>The events that wait for one sink. Adding is cheap: the worker is woken once per batch, not once per event.</summary>
/// <remarks>Each event has a sequence number, counted from 1; what has left the queue for good is known by one number.</remarks>
internal sealed class SinkQueue : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<AgentEvent> _events = new();
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

    public SinkQueue(EventSinkOptions options, TimeProvider clock)
    {
        _capacity = options.QueueCapacity;
        _batchSize = options.BatchSize;
        _batchAge = options.BatchAge;
        _dropsOldest = options is { Delivery: EventDelivery.BestEffort, FullMode: EventQueueFullMode.DropOldest };
        _timer = clock.CreateTimer(
            static queue => ((SinkQueue)queue!).MakeDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets how many events have not left for good.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _taken + _events.Count - _finished + _aside.Count;
            }
        }
    }

    /// <summary>Gets the sequence number of the newest event.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _taken + _events.Count;
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
                return _isClosed && _events.Count == 0;
            }
        }
    }

    public QueueAdmission Add(AgentEvent item, out long sequence)
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

            if (_events.Count == _capacity)
            {
                if (!_dropsOldest)
                {
                    return QueueAdmission.Full;
                }

                _events.Dequeue();
                _taken++;
                admission = QueueAdmission.AcceptedForOldest;
            }

            _events.Enqueue(item);
            sequence = _taken + _events.Count;
            wakes = !_isDue && (_events.Count >= _batchSize || _batchAge == TimeSpan.Zero);
            isFirst = !_isDue && _events.Count == 1;
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
    public EventBatch? Take() => Take(_batchSize, onlyWhenDue: true);

    /// <summary>Takes one event ahead of its time.</summary>
    public EventBatch? TakeOne() => Take(1, onlyWhenDue: false);

    /// <summary>Notes that everything taken so far has left for good, but for what was put aside.</summary>
    public void Finish()
    {
        List<QueueWaiter> done;
        lock (_lock)
        {
            _finished = _taken;
            done = TakeWaiters(waiter => IsDone(waiter) && !waiter.FlushesSink);
        }

        done.ForEach(static waiter => waiter.Succeed());
    }

    /// <summary>Notes that an event is tried again later, out of its order.</summary>
    public void PutAside(long sequence)
    {
        lock (_lock)
        {
            _aside.Add(sequence);
        }
    }

    /// <summary>Notes that an event that was put aside is written after all.</summary>
    public void TakeBack(long sequence)
    {
        lock (_lock)
        {
            _aside.Remove(sequence);
        }

        Finish();
    }

    /// <summary>Makes everything due and waits until all up to an event has left for good.</summary>
    public QueueWaiter WaitFor(long first, long last, bool flushesSink)
    {
        var waiter = new QueueWaiter(first, last, flushesSink);
        lock (_lock)
        {
            if (IsDone(waiter) && !flushesSink)
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

    /// <summary>Tells those who wait for an event that the sink will not take it.</summary>
    public void Refuse(long sequence, Exception reason)
    {
        List<QueueWaiter> refused;
        lock (_lock)
        {
            _aside.Remove(sequence);
            refused = TakeWaiters(waiter => waiter.First <= sequence && sequence <= waiter.Last && !waiter.FlushesSink);
        }

        refused.ForEach(waiter => waiter.Fail(reason));
    }

    /// <summary>Tells all who wait that it is going to take long. Who flushes the sink has said how long that may be.</summary>
    public void LetGo(Exception reason)
    {
        List<QueueWaiter> waiters;
        lock (_lock)
        {
            waiters = TakeWaiters(static waiter => !waiter.FlushesSink);
        }

        waiters.ForEach(waiter => waiter.Fail(reason));
    }

    /// <summary>Takes out those whose events are gone and who wait for the sink to be flushed now.</summary>
    public List<QueueWaiter> TakeFlushes()
    {
        lock (_lock)
        {
            return TakeWaiters(waiter => IsDone(waiter) && waiter.FlushesSink);
        }
    }

    /// <summary>Has the worker look whether there is something to do.</summary>
    public void WakeUp() => _wakeUps.Writer.TryWrite(true);

    /// <summary>Waits until something is due.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await _wakeUps.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until events leave the queue.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_lock)
        {
            return _isClosed || _events.Count < _capacity
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

    /// <summary>Gives up what is left. Returns how many events that is.</summary>
    public int Abandon(Exception reason)
    {
        List<QueueWaiter> waiters;
        int count;
        lock (_lock)
        {
            count = _events.Count;
            _aside.Clear();
            _taken += count;
            _finished = _taken;
            _events.Clear();
            waiters = TakeWaiters(static _ => true);
        }

        waiters.ForEach(waiter => waiter.Fail(reason));
        return count;
    }

    public void Dispose() => _timer.Dispose();

    private EventBatch? Take(int most, bool onlyWhenDue)
    {
        long first;
        AgentEvent[] events;
        bool startsTimer;
        TaskCompletionSource? room;
        lock (_lock)
        {
            if (_events.Count == 0 || (onlyWhenDue && !_isDue))
            {
                _isDue &= _events.Count > 0;
                return null;
            }

            first = _taken + 1;
            events = new AgentEvent[Math.Min(most, _events.Count)];
            for (var i = 0; i < events.Length; i++)
            {
                events[i] = _events.Dequeue();
            }

            _taken += events.Length;

            _isDue = _isClosed || _events.Count >= _batchSize || _waiters.Exists(waiter => waiter.Last > _taken);
            startsTimer = !_isDue && _events.Count > 0;
            room = _room;
            _room = null;
        }

        if (startsTimer)
        {
            StartTimer();
        }

        room?.TrySetResult();
        return new EventBatch(first, events);
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
