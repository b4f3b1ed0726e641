namespace AiObs.Operations;

/// <summary>The attempts that one model call took. There is none as long as nothing fails.</summary>
/// <remarks>
/// An attempt is counted when it fails, or when it is answered after one that failed: further requests of a call are no attempts. Attempts that run
/// beside each other, because the first one took its time, are counted when they start.
/// </remarks>
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

    /// <summary>How many are on the way that are known to be attempts: those of a handler that hedges.</summary>
    private int _running;

    /// <summary>How many of them run for nothing, as another one was answered; that they are cancelled is no failure.</summary>
    private int _overtaken;

    /// <summary>Whether an attempt has failed in whose place none was started yet.</summary>
    private bool _isOneDue;

    /// <summary>Counts a request that failed.</summary>
    public void Fail(FailedAttempt attempt)
    {
        lock (_gate)
        {
            if (!TakeOvertaken())
            {
                Count(attempt);
            }
        }
    }

    /// <summary>Counts what a client that counts its own was given for a try. Where a request was held before, it is the same one, and this says more of it.</summary>
    public void FailTry(FailedAttempt attempt)
    {
        lock (_gate)
        {
            if (IsAnotherThanHeld(attempt))
            {
                CountHeld();
            }
            else if (!TakeOvertaken())
            {
                Count(attempt);
            }

            // The next one is the client's own, and not in anybody's place.
            _held = null;
            _isOneDue = false;
        }
    }

    /// <summary>Holds a request that failed below a client that counts its own: where another follows without the client, a handler repeated it, and it counts.</summary>
    public void Hold(FailedAttempt attempt)
    {
        lock (_gate)
        {
            CountHeld();
            if (!TakeOvertaken())
            {
                _held = attempt;
            }
        }
    }

    /// <summary>Notes that a handler starts another attempt, in the place of one that failed or beside one that takes its time.</summary>
    public void Hedge()
    {
        lock (_gate)
        {
            CountHeld();
            _running = _isOneDue || _running > 0 ? _running + 1 : 2;
            _isOneDue = false;
        }
    }

    public void Answer(int status)
    {
        lock (_gate)
        {
            CountHeld();
            if (_lastFailed || _running > _overtaken)
            {
                _running = Math.Max(0, _running - 1);
                _overtaken = _running;
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
            var count = _count + _running;
            return count < 2 ? null : (count, _lastStatus, [.. _failures]);
        }
    }

    /// <summary>Tells whether a handler that hedges gave its client the answer to a request before the last one, which is counted.</summary>
    private bool IsAnotherThanHeld(FailedAttempt attempt) =>
        _running > 0 && _held?.Status is { } held && attempt.Status is { } given && held != given;

    /// <summary>Tells whether what failed is one that runs for nothing, which then runs no more.</summary>
    private bool TakeOvertaken()
    {
        if (_overtaken == 0)
        {
            return false;
        }

        _overtaken--;
        return true;
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
        _running = Math.Max(0, _running - 1);
        _lastStatus = attempt.Status;
        _lastFailed = true;
        _isOneDue = true;
    }
}
