namespace AiObs.Delivery;

/// <summary>Makes one write at a time, and stops waiting for one that takes too long.</summary>
/// <remarks>The target runs on a thread of the pool, so that one which blocks its thread can be left behind as well.</remarks>
/// <typeparam name="T">What is written.</typeparam>
internal sealed class DeliveryWriter<T>(IDeliveryTarget<T> target, TimeSpan timeout, TimeProvider clock)
{
    private Task? _leftBehind;
    private object? _leftWork;

    /// <summary>Gets a value indicating whether a write that was cancelled is still running.</summary>
    public bool IsHung => Volatile.Read(ref _leftBehind) is { IsCompleted: false };

    public Task WriteAsync(IReadOnlyList<T> items, CancellationToken stop) =>
        RunAsync(items, token => target.WriteAsync(items, token), stop);

    public Task FlushAsync(CancellationToken stop) => RunAsync(new object(), target.FlushAsync, stop);

    private async Task RunAsync(object work, Func<CancellationToken, ValueTask> start, CancellationToken stop)
    {
        if (await WaitForLeftBehindAsync(stop).ConfigureAwait(false) && ReferenceEquals(work, _leftWork))
        {
            // It took long, but it was done in the end.
            return;
        }

        var cancellation = new CancellationTokenSource();
        var running = Task.Run(() => start(cancellation.Token).AsTask(), CancellationToken.None);
        try
        {
            await running.WaitAsync(timeout, clock, stop).ConfigureAwait(false);
        }
        finally
        {
            if (running.IsCompleted)
            {
                cancellation.Dispose();
            }
            else
            {
                LeaveBehind(running, work, cancellation);
            }
        }
    }

    private void LeaveBehind(Task running, object work, CancellationTokenSource cancellation)
    {
        _leftWork = work;
        Volatile.Write(ref _leftBehind, running);

        // What the target has registered on the token may throw or block; its own thread is the place for that.
        var cancelling = cancellation.CancelAsync();
        _ = Task.WhenAll(running, cancelling).ContinueWith(
            (ended, _) =>
            {
                _ = ended.Exception;
                cancellation.Dispose();
            },
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Waits for a write that was left behind to end. Returns whether it ended well.</summary>
    private async Task<bool> WaitForLeftBehindAsync(CancellationToken stop)
    {
        if (_leftBehind is not { } running)
        {
            return false;
        }

        await running.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        Volatile.Write(ref _leftBehind, null);
        return running.IsCompletedSuccessfully;
    }
}
