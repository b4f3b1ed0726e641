using AiObs.Delivery;
using Microsoft.Extensions.Logging;

namespace AiObs.Events;

/// <summary>One sink as a target: writes to it, and counts and logs what it does well and what not.</summary>
internal sealed class EventSinkTarget(string name, IAgentEventSink sink, EventSinkOptions options, EventMetrics metrics, ILogger logger)
    : IDeliveryTarget<AgentEvent>
{
    private int _isFullSaid;

    public ValueTask WriteAsync(IReadOnlyList<AgentEvent> items, CancellationToken cancellationToken)
    {
        // A sink that asks a model must not raise events by it, or it would never end.
        using var suppressed = AgentContext.Suppress();
        return sink.WriteAsync(items, cancellationToken);
    }

    public long SizeOf(AgentEvent item) => EventSize.Of(item);

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        using var suppressed = AgentContext.Suppress();
        return sink.FlushAsync(cancellationToken);
    }

    public void Written(int count)
    {
        Volatile.Write(ref _isFullSaid, 0);
        metrics.Written(name, count);
    }

    public void Failed(int failures, Exception reason)
    {
        if (failures == options.FailureThreshold)
        {
            logger.SinkBroken(name, failures, reason.GetType().FullName, options.MaxBackOff);
        }
        else if (failures == 1)
        {
            // The message may quote content, so type and frames have to do.
            logger.SinkFailed(name, reason.GetType().FullName, reason.StackTrace);
        }
    }

    public void Recovered(int failures, long waiting) => logger.SinkRecovered(name, failures, waiting);

    public void Hung() => logger.SinkHung(name, options.WriteTimeout);

    public void Overflowed()
    {
        metrics.Dropped(name, DropReasons.Full, 1);
        if (Interlocked.Exchange(ref _isFullSaid, 1) == 0)
        {
            logger.QueueFull(name, options.QueueCapacity, options.QueueCapacityBytes);
        }
    }

    public void Refused(AgentEvent item, Exception reason)
    {
        metrics.Dropped(name, DropReasons.Refused, 1);
        logger.EventRefused(name, item.Id, LogText.Name(item.Type), reason.GetType().FullName);
    }

    public void Abandoned(int count)
    {
        metrics.Dropped(name, DropReasons.Shutdown, count);
        logger.StoppedUnwritten(name, count);
    }
}
