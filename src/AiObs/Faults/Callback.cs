using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AiObs;

/// <summary>Runs code of the application's own on threads apart, so that a call can go on without it where it hangs.</summary>
/// <remarks>
/// A thread cannot be stopped from outside. One whose code takes too long is left behind, and where some have not come back nothing else is run:
/// code that hangs costs a few waits and threads, not one per call. Threads that have nothing to do end.
/// </remarks>
/// <param name="part">What its faults are counted as.</param>
/// <param name="limit">How long one run may take.</param>
/// <param name="faults">Counts them.</param>
internal sealed class Callback(string part, TimeSpan limit, Faults faults)
{
    /// <summary>How many runs may hang before nothing else is run.</summary>
    public const int MostHung = 3;

    /// <summary>How many threads there are, hung ones included.</summary>
    public const int MostThreads = 64;

    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    /// <summary>How long a run waits for a thread before it gets one more than can work at once: then those at work do nothing but wait themselves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    /// <summary>As many as can work at once, and one more for a machine that says it has one.</summary>
    private static readonly int WorkingThreads = Math.Clamp(Environment.ProcessorCount, 2, 16);

    private readonly object _gate = new();
    private readonly Queue<CallbackJob> _waiting = new();
    private readonly List<CallbackJob> _leftBehind = [];
    private readonly AsyncLocal<StrongBox<bool>?> _isWithin = new();
    private int _threads;
    private int _idle;

    /// <summary>Runs a function for as long as one may take.</summary>
    /// <inheritdoc cref="TryRun{TState, TResult}(TState, Func{TState, TResult}, TimeSpan, out TResult)"/>
    public bool TryRun<TState, TResult>(TState state, Func<TState, TResult> function, out TResult? result) =>
        TryRun(state, function, limit, out result);

    /// <summary>Runs a function; <see langword="false"/>, and a fault, where it did not end in time. What it throws is thrown here.</summary>
    /// <remarks>What runs here is not run within itself, as where it makes calls that are observed: that could go on for ever, and would wait for its own thread.</remarks>
    /// <param name="state">What the function is given.</param>
    /// <param name="function">The function. After the time is up it may still be running: it must share nothing that others write to.</param>
    /// <param name="left">How much of the time is left.</param>
    /// <param name="result">What it returned.</param>
    public bool TryRun<TState, TResult>(TState state, Func<TState, TResult> function, TimeSpan left, out TResult? result)
    {
        var job = new CallbackJob<TState, TResult>(state, function, _isWithin);
        if (left <= TimeSpan.Zero || _isWithin.Value is { Value: true } || !TryEnqueue(job))
        {
            faults.Count(part);
            result = default;
            return false;
        }

        if (!Wait(job, left) && Abandon(job))
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
            // What had little time left is no sign that something hangs.
            if (_leftBehind.Count(other => Stopwatch.GetElapsedTime(other.Started) >= limit / 2) >= MostHung)
            {
                return false;
            }

            _waiting.Enqueue(job);
            if (_waiting.Count > _idle && _threads < WorkingThreads)
            {
                AddThread();
            }

            Monitor.Pulse(_gate);
            return true;
        }
    }

    private bool Wait(CallbackJob job, TimeSpan left)
    {
        // More than once: the thread that is added takes the job that has waited longest, which need not be this one.
        var started = Stopwatch.GetTimestamp();
        while (left - Stopwatch.GetElapsedTime(started) > Patience)
        {
            if (job.Wait(Patience))
            {
                return true;
            }

            if (!TryAddThreadFor(job))
            {
                break;
            }
        }

        var rest = left - Stopwatch.GetElapsedTime(started);
        return job.Wait(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
    }

    private bool TryAddThreadFor(CallbackJob job)
    {
        lock (_gate)
        {
            if (job.State != CallbackState.Waiting || _threads == MostThreads)
            {
                return false;
            }

            AddThread();
            return true;
        }
    }

    private void AddThread()
    {
        new Thread(Work) { IsBackground = true, Name = "AiObs callback" }.UnsafeStart();
        _threads++;
    }

    /// <summary>Gives up a job; <see langword="false"/> where it has just ended.</summary>
    private bool Abandon(CallbackJob job)
    {
        lock (_gate)
        {
            if (job.State == CallbackState.Running)
            {
                _leftBehind.Add(job);
            }

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
                _leftBehind.Remove(job);
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
                        job.Started = Stopwatch.GetTimestamp();
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
