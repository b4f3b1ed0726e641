namespace AiObs.Delivery;

/// <summary>Somebody who waits until items have left the queue for good.</summary>
/// <param name="first">The sequence number of the first item.</param>
/// <param name="last">The sequence number of the last item.</param>
/// <param name="flushesTarget">Whether the target has to make safe what it holds back, too.</param>
internal sealed class QueueWaiter(long first, long last, bool flushesTarget)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long First => first;

    public long Last => last;

    public bool FlushesTarget => flushesTarget;

    public Task Task => _done.Task;

    public void Succeed() => _done.TrySetResult();

    public void Fail(Exception exception)
    {
        if (_done.TrySetException(exception))
        {
            // Whoever waited may have gone already, and nobody else has to look.
            _ = _done.Task.Exception;
        }
    }
}
