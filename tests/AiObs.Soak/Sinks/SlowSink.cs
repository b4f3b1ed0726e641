using AiObs.Events;

namespace AiObs.Soak.Sinks;

/// <summary>Is too slow for the load, so that its queue overflows.</summary>
internal sealed class SlowSink(EventTaker taker) : IAgentEventSink
{
    private static readonly TimeSpan TimePerWrite = TimeSpan.FromMilliseconds(100);

    public async ValueTask WriteAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken)
    {
        await Task.Delay(TimePerWrite, cancellationToken);
        foreach (var item in events)
        {
            taker.Take(item);
        }
    }
}
