using Microsoft.Extensions.Time.Testing;

namespace AiObs.TestSupport;

/// <summary>A fake clock that starts at midnight (UTC) of 1 January 2026, or at the given time, and stops at each timer on its way.</summary>
/// <remarks>
/// FakeTimeProvider goes to the end at once: a timer that sets itself again runs once instead of each time, and sees the time of the end.
/// Nor does it tell when its next timer is due, and how far to move it until something has been tried again no test can guess.
/// </remarks>
public sealed class TestClock(DateTimeOffset? start = null)
    : FakeTimeProvider(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NotedTimer, long> _due = [];

    /// <summary>Moves the clock; each timer that falls due runs with the clock standing at its due time.</summary>
    public new void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TryAdvanceToNextTimer(target - GetUtcNow()))
        {
            // The timer has run.
        }

        // Timers may have moved it further.
        base.Advance(TimeSpan.FromTicks(Math.Max(0, (target - GetUtcNow()).Ticks)));
    }

    /// <summary>Moves the clock to the time at which the next timer is due, unless that is too far away.</summary>
    /// <param name="within">How far the clock may move.</param>
    /// <returns>Whether a timer was due within that time.</returns>
    public bool TryAdvanceToNextTimer(TimeSpan within)
    {
        long left;
        lock (_lock)
        {
            var next = _due.Values.DefaultIfEmpty(long.MaxValue).Min();
            left = Math.Max(0, next - GetTimestamp());
            if (left > within.Ticks)
            {
                return false;
            }

            foreach (var (timer, due) in _due.Where(entry => entry.Value <= next).ToList())
            {
                Note(timer, timer.Period > TimeSpan.Zero ? due + timer.Period.Ticks : null);
            }
        }

        base.Advance(TimeSpan.FromTicks(left));
        return true;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new NotedTimer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Note(NotedTimer timer, long? due)
    {
        lock (_lock)
        {
            _due.Remove(timer);
            if (due is { } ticks)
            {
                _due.Add(timer, ticks);
            }
        }
    }

    private sealed class NotedTimer(TestClock clock, ITimer timer) : ITimer
    {
        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            clock.Note(this, dueTime < TimeSpan.Zero ? null : clock.GetTimestamp() + dueTime.Ticks);
            return timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.Note(this, null);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
