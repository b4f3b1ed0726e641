namespace AiObs;

/// <summary>Runs code of the application's own on threads apart, so that a call can go on without it where it hangs.</summary>
/// <remarks>
/// A thread cannot be stopped from outside. One whose code takes too long is left behind, and as long as it has not come back nothing else is run:
/// code that hangs costs one wait and one thread, not one per call. Threads that have nothing to do end.
/// </remarks>
/// <param name="part">What its faults are counted as.</param>
/// <param name="faults">Counts them.</param>
internal sealed class Callback(string part, Faults faults)
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    /// <summary>As many as can work at once, and one more for a machine that says it has one.</summary>
    private static readonly int MostThreads = Math.Clamp(Environment.ProcessorCount, 2, 16);

    private readonly object _gate = new();
    private readonly Queue<CallbackJob> _waiting = new();
    private int _threads;
    private int _idle;
    private int _stuck;

    /// <summary>Runs a function; <see langword="false"/>, and a fault, where it did not end in time. What it throws is thrown here.</summary>
    /// <param name="state">What the function is given.</param>
    /// <param name="function">The function. After the time is up it may still be running: it must share nothing that others write to.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="result">What it returned.</param>
    public bool TryRun<TState, TResult>(TState state, Func<TState, TResult> function, TimeSpan limit, out TResult? result)
    {
        var job = new CallbackJob<TState, TResult>(state, function);
        if (limit <= TimeSpan.Zero || !TryEnqueue(job))
        {
            faults.Count(part);
            result = default;
            return false;
        }

        if (!job.Wait(limit) && Abandon(job))
        {
            faults.Report(part, new TimeoutException());
            result = default;
            return false;
        }

        result = job.GetResult();
        return true;
    }

    private bool TryEnqueue(CallbackJob job)
    {
        lock (_gate)
        {
            if (_stuck > 0)
            {
                return false;
            }

            _waiting.Enqueue(job);
            if (_waiting.Count > _idle && _threads < MostThreads)
            {
                _threads++;
                new Thread(Work) { IsBackground = true, Name = "AiObs callback" }.UnsafeStart();
            }

            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Gives up a job; <see langword="false"/> where it has just ended.</summary>
    private bool Abandon(CallbackJob job)
    {
        lock (_gate)
        {
            _stuck += job.State == CallbackState.Running ? 1 : 0;
            job.IsAbandoned = true;
            return job.State != CallbackState.Ended;
        }
    }

    private void Work()
    {
        while (Take() is { } job)
        {
            job.Run();
            lock (_gate)
            {
                job.State = CallbackState.Ended;
                _stuck -= job.IsAbandoned ? 1 : 0;
            }

            job.End();
        }
    }

    /// <summary>Waits for the next job; <see langword="null"/> when there was none for long.</summary>
    private CallbackJob? Take()
    {
        lock (_gate)
        {
            while (true)
            {
                while (_waiting.TryDequeue(out var job))
                {
                    if (!job.IsAbandoned)
                    {
                        job.State = CallbackState.Running;
                        return job;
                    }
                }

                _idle++;
                var isWoken = Monitor.Wait(_gate, IdleTime);
                _idle--;
                if (!isWoken && _waiting.Count == 0)
                {
                    _threads--;
                    return null;
                }
            }
        }
    }
}
