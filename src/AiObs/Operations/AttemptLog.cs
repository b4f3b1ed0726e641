namespace AiObs.Operations;

/// <summary>The attempts that one model call took. There is none as long as nothing fails.</summary>
/// <remarks>An attempt is counted when it fails, or when it is answered after one that failed: further requests of a call are no attempts.</remarks>
internal sealed class AttemptLog
{
    /// <summary>How many failures get an event of their own: a client that retries without end must not grow the span.</summary>
    private const int MaxEvents = 32;

    private readonly Lock _gate = new();
    private readonly List<FailedAttempt> _failures = [];
    private FailedAttempt? _held;
    private int _count;
    private int? _lastStatus;
    private bool _lastFailed;

    /// <summary>Counts a failure. Where a request was held before, it is the same one, and this says more of it.</summary>
    public void Fail(FailedAttempt attempt)
    {
        lock (_gate)
        {
            _held = null;
            Count(attempt);
        }
    }

    /// <summary>Holds a request that failed below a client that counts its own: where another follows without the client, a handler repeated it, and it counts.</summary>
    public void Hold(FailedAttempt attempt)
    {
        lock (_gate)
        {
            CountHeld();
            _held = attempt;
        }
    }

    public void Answer(int status)
    {
        lock (_gate)
        {
            CountHeld();
            if (_lastFailed)
            {
                _count++;
                _lastStatus = status;
                _lastFailed = false;
            }
        }
    }

    /// <summary>Returns the attempts where there was more than one: a single failure is the failure of the call itself.</summary>
    /// <returns>How many there were, the status of the last one, and the failures; <see langword="null"/> where there was one at most.</returns>
    public (int Count, int? LastStatus, FailedAttempt[] Failures)? Read()
    {
        lock (_gate)
        {
            return _count < 2 ? null : (_count, _lastStatus, [.. _failures]);
        }
    }

    private void CountHeld()
    {
        if (_held is { } held)
        {
            _held = null;
            Count(held);
        }
    }

    private void Count(FailedAttempt attempt)
    {
        if (_failures.Count < MaxEvents)
        {
            _failures.Add(attempt);
        }

        _count++;
        _lastStatus = attempt.Status;
        _lastFailed = true;
    }
}
