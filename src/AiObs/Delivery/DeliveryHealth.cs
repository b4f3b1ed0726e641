namespace AiObs.Delivery;

/// <summary>Keeps how a target does, and tells it: the circuit opens after some failures in a row and closes with the next success.</summary>
/// <typeparam name="T">What is written.</typeparam>
/// <remarks>
/// Failures are counted in a row and not as a share in a window of time: one worker makes one write at a time, and pauses between failed
/// ones, so that a window would hold too few of them.
/// </remarks>
internal sealed class DeliveryHealth<T>(IDeliveryTarget<T> target, int threshold, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long _written;
    private long _full;
    private long _refused;
    private long _abandoned;
    private int _failures;
    private bool _isHungTold;
    private DateTimeOffset? _lastSuccess;
    private DateTimeOffset? _lastFailure;
    private string? _lastErrorType;

    public long Written => Interlocked.Read(ref _written);

    public bool IsOpen => Volatile.Read(ref _failures) >= threshold;

    public void NoteStart(bool isHung)
    {
        if (isHung && !_isHungTold)
        {
            target.Hung();
        }

        _isHungTold = isHung;
    }

    public void NoteWritten(int count, long waiting)
    {
        Interlocked.Add(ref _written, count);
        target.Written(count);
        int ended;
        lock (_lock)
        {
            ended = _failures;
            _failures = 0;
            _lastSuccess = clock.GetUtcNow();
        }

        if (ended > 0)
        {
            target.Recovered(ended, waiting);
        }
    }

    /// <summary>Notes a failure. Returns whether the circuit is open.</summary>
    public bool NoteFailure(Exception exception)
    {
        int failures;
        lock (_lock)
        {
            failures = ++_failures;
            _lastFailure = clock.GetUtcNow();
            _lastErrorType = exception.GetType().FullName;
        }

        target.Failed(failures, exception);
        return failures >= threshold;
    }

    public void NoteOverflow()
    {
        Interlocked.Increment(ref _full);
        target.Overflowed();
    }

    public void NoteRefused(T item, Exception reason)
    {
        Interlocked.Increment(ref _refused);
        target.Refused(item, reason);
    }

    public void NoteAbandoned(int count)
    {
        if (count > 0)
        {
            Interlocked.Add(ref _abandoned, count);
            target.Abandoned(count);
        }
    }

    public DeliveryStatus Describe(DeliveryState? known, long waiting)
    {
        lock (_lock)
        {
            return new DeliveryStatus
            {
                State = known ?? (IsOpen ? DeliveryState.Broken : _failures > 0 ? DeliveryState.Retrying : DeliveryState.Working),
                Waiting = waiting,
                Written = Written,
                Drops = new(Interlocked.Read(ref _full), Interlocked.Read(ref _refused), Interlocked.Read(ref _abandoned)),
                Failures = _failures,
                LastSuccess = _lastSuccess,
                LastFailure = _lastFailure,
                LastErrorType = _lastErrorType,
            };
        }
    }
}
