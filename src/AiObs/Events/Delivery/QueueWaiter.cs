namespace AiObs.Events.Delivery;

/// <summary>Somebody who waits until events have left the queue for good.</summary>
/// <param name="first">The sequence number of the first event.</param>
/// <param name="last">The sequence number of the last event.</param>
/// <param name="flushesSink">Whether the sink has to make safe what it holds back, too.</param>
internal sealed class QueueWaiter(long first, long last, bool flushesSink)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long First => first;

    public long Last => last;

    public bool FlushesSink => flushesSink;

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
