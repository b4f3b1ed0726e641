namespace AiObs.TestSupport.Stubs;

/// <summary>Holds a scripted call until the test lets it go, and tells the test that the call has arrived.</summary>
public sealed class StubGate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets a task that completes when the first call waits at the gate.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets every waiting and every later call through.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Waits for <see cref="Release"/> or for cancellation.</summary>
    public Task WaitAsync(CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();

        return _released.Task.WaitAsync(cancellationToken);
    }
}
