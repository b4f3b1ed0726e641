namespace AiObs.Store.Sqlite;

/// <summary>Tries again to empty the write-ahead log, from time to time, until it has succeeded.</summary>
internal sealed class PendingWipe : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly ITimer _timer;
    private TimeSpan _delay = FirstDelay;

    public PendingWipe(TimeProvider clock, Func<Task> wipe) =>
        _timer = clock.CreateTimer(_ => wipe(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Gets a value indicating whether what was erased may still stand in the log.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Notes how an attempt ended.</summary>
    /// <returns>Whether it has succeeded.</returns>
    public bool Note(bool isDone)
    {
        IsPending = !isDone;
        _timer.Change(isDone ? Timeout.InfiniteTimeSpan : _delay, Timeout.InfiniteTimeSpan);
        _delay = isDone ? FirstDelay : TimeSpan.FromTicks(Math.Min(2 * _delay.Ticks, LongestDelay.Ticks));
        return isDone;
    }

    public void Dispose() => _timer.Dispose();
}
