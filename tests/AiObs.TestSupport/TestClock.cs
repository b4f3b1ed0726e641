using Microsoft.Extensions.Time.Testing;

namespace AiObs.TestSupport;

/// <summary>A fake clock that starts at midnight (UTC) of 1 January 2026, or at the given time, and stops at each timer on its way.</summary>
/// <remarks>
/// Its timers are its own. Those of FakeTimeProvider fire when the clock has come to the end of its way: one that sets itself again fires once instead
/// of each time. Nor does it tell when the next one is due, without which no test can say how far to move it until another thread tries again.
/// </remarks>
public sealed class TestClock(DateTimeOffset? start = null)
    : FakeTimeProvider(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly List<TestTimer> _timers = [];
    private TaskCompletionSource _timerChange = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets a task that ends when a timer is set, stopped or disposed next: the signal of who works beside the test that it has got so far.</summary>
    /// <remarks>Take it before a look at what it is a signal of.</remarks>
    public Task TimerChange
    {
        get
        {
            lock (_lock)
            {
                return _timerChange.Task;
            }
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock; each timer that falls due runs on the calling thread, with the clock standing at its due time.</summary>
    public new void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeNext(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            MoveTo(target);
        }
    }

    /// <summary>Moves the clock to the time at which the next timer is due and fires that, unless it is too far away.</summary>
    /// <param name="within">How far the clock may move.</param>
    /// <returns>Whether a timer was due within that time.</returns>
    public bool TryAdvanceToNextTimer(TimeSpan within)
    {
        var timer = TakeNext(GetUtcNow() + within);
        timer?.Fire();
        return timer is not null;
    }

    /// <summary>Tells who waits for it that a timer has changed; the caller holds the lock.</summary>
    private void TellOfChange()
    {
        _timerChange.SetResult();
        _timerChange = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private TestTimer? TakeNext(DateTimeOffset target)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is null)
            {
                return null;
            }

            MoveTo(next.Due);
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }

    private void MoveTo(DateTimeOffset time)
    {
        // A timer may have moved it further, here or on another thread.
        if (time > GetUtcNow())
        {
            SetUtcNow(time);
        }
    }

    private sealed class TestTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                clock.TellOfChange();
                if (_isDisposed || dueTime < TimeSpan.Zero)
                {
                    return !_isDisposed;
                }

                Due = clock.GetUtcNow() + dueTime;
                Period = period;
                clock._timers.Add(this);
            }

            if (dueTime == TimeSpan.Zero)
            {
                clock.Advance(TimeSpan.Zero);
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._lock)
            {
                _isDisposed = true;
                clock._timers.Remove(this);
                clock.TellOfChange();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
