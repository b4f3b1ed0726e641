using AiObs.Events;

namespace AiObs.Soak.Sinks;

/// <summary>Fails while it is down, each time after it has taken half of the batch, as a store without transactions does.</summary>
internal sealed class RecoveringSink(EventTaker taker) : IAgentEventSink
{
    private readonly HashSet<Guid> _takenInFailedWrites = [];

    public volatile bool IsDown;

    public ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        var isDown = IsDown;
        foreach (var item in isDown ? events.Take((events.Count + 1) / 2) : events)
        {
            if (_takenInFailedWrites.Add(item.Id))
            {
                taker.Take(item);
            }
        }

        if (isDown)
        {
            throw new IOException("The sink is down.");
        }

        // A batch that is written does not come again, so nothing of it needs to be remembered.
        _takenInFailedWrites.ExceptWith(events.Select(static item => item.Id));

        return ValueTask.CompletedTask;
    }
}
