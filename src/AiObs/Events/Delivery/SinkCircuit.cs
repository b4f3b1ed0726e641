namespace AiObs.Events.Delivery;

/// <summary>Keeps how a sink does: opens after some failures in a row, closes with the next success.</summary>
/// <remarks>
/// Failures are counted in a row and not as a share in a window of time: one worker makes one write at a time, and pauses between failed
/// ones, so that a window would hold too few of them.
/// </remarks>
internal sealed class SinkCircuit(int threshold, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset? _lastSuccess;
    private DateTimeOffset? _lastFailure;
    private string? _lastErrorType;

    public bool IsOpen => Volatile.Read(ref _failures) >= threshold;

    public int Failures => Volatile.Read(ref _failures);

    /// <summary>Notes a success. Returns how many failures in a row it ended.</summary>
    public int Succeed()
    {
        lock (_lock)
        {
            var ended = _failures;
            _failures = 0;
            _lastSuccess = clock.GetUtcNow();
            return ended;
        }
    }

    /// <summary>Notes a failure. Returns how many there are in a row now.</summary>
    public int Fail(Exception exception)
    {
        lock (_lock)
        {
            _lastFailure = clock.GetUtcNow();
            _lastErrorType = exception.GetType().FullName;
            return ++_failures;
        }
    }

    public EventSinkStatus Describe(EventSinkStatus status)
    {
        lock (_lock)
        {
            return status with
            {
                Failures = _failures,
                LastSuccess = _lastSuccess,
                LastFailure = _lastFailure,
                LastErrorType = _lastErrorType,
            };
        }
    }
}
