namespace AiObs.TestSupport;

/// <summary>A clock that stands still until <see cref="Advance"/> moves it; timers fire inside that call, in due order.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>Starts at midnight (UTC) of 1 January 2026, or at the given time.</summary>
    public ManualTimeProvider(DateTimeOffset? start = null) =>
        _now = start?.ToUniversalTime() ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);

        return timer;
    }

    /// <summary>Moves the clock; each timer that falls due runs on the calling thread, with the clock standing at its due time.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;

        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            // Timers may have moved it further, here or on another thread.
            _now = target > _now ? target : _now;
        }
    }

    /// <summary>Moves the clock to the time at which the next timer is due, unless that is too far away.</summary>
    /// <param name="within">How far the clock may move.</param>
    /// <returns>Whether a timer was due within that time.</returns>
    public bool TryAdvanceToNextTimer(TimeSpan within)
    {
        TimeSpan left;
        lock (_lock)
        {
            if (_timers.Count == 0)
            {
                return false;
            }

            left = _timers.Min(timer => timer.Due) - _now;
        }

        if (left > within)
        {
            return false;
        }

        Advance(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return true;
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        bool isDueAtOnce;
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            isDueAtOnce = dueTime <= TimeSpan.Zero;
            timer.Due = _now + dueTime;
            timer.Period = period;
            _timers.Add(timer);
        }

        if (isDueAtOnce)
        {
            Advance(TimeSpan.Zero);
        }
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is null)
            {
                return null;
            }

            _now = next.Due > _now ? next.Due : _now;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }
}
