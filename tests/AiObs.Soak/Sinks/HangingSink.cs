using AiObs.Events;

namespace AiObs.Soak.Sinks;

/// <summary>Ignores its cancellation while it hangs, and takes the batch when it is let go.</summary>
internal sealed class HangingSink(EventTaker taker) : IAgentEventSink
{
    private TaskCompletionSource? _hold;

    public void Hang() => Volatile.Write(ref _hold, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void LetGo() => Interlocked.Exchange(ref _hold, null)?.SetResult();

    public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _hold) is { } hold)
        {
            await hold.Task;
        }

        foreach (var item in events)
        {
            taker.Take(item);
        }
    }
}
