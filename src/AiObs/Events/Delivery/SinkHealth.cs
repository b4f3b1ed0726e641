using Microsoft.Extensions.Logging;

namespace AiObs.Events.Delivery;

/// <summary>Counts and logs what a sink does well and what not.</summary>
internal sealed class SinkHealth(string name, EventSinkOptions options, SinkCircuit circuit, EventMetrics metrics, ILogger logger)
{
    private long _written;
    private long _dropped;
    private int _isFullSaid;
    private bool _isHungSaid;

    public long Written => Interlocked.Read(ref _written);

    public long Dropped => Interlocked.Read(ref _dropped);

    public void NoteStart(bool isHung)
    {
        if (isHung && !_isHungSaid)
        {
            logger.SinkHung(name, options.WriteTimeout);
        }

        _isHungSaid = isHung;
    }

    public void NoteWritten(int count, long queued)
    {
        Interlocked.Add(ref _written, count);
        Volatile.Write(ref _isFullSaid, 0);
        metrics.Written(name, count);
        if (circuit.Succeed() is > 0 and var failures)
        {
            logger.SinkRecovered(name, failures, queued);
        }
    }

    /// <summary>Notes a failure. Returns whether the circuit is open now.</summary>
    public bool NoteFailure(Exception exception)
    {
        var failures = circuit.Fail(exception);
        if (failures == options.FailureThreshold)
        {
            logger.SinkBroken(name, failures, exception.GetType().FullName, options.MaxBackOff);
        }
        else if (failures == 1)
        {
            // The message may quote content, so type and frames have to do.
            logger.SinkFailed(name, exception.GetType().FullName, exception.StackTrace);
        }

        return circuit.IsOpen;
    }

    public void NoteFull()
    {
        NoteDropped(1, DropReasons.Full);
        if (Interlocked.Exchange(ref _isFullSaid, 1) == 0)
        {
            logger.QueueFull(name, options.QueueCapacity);
        }
    }

    public void NoteRefused(AgentEvent item, Exception reason)
    {
        NoteDropped(1, DropReasons.Refused);
        logger.EventRefused(name, item.Id, LogText.Name(item.Type), reason.GetType().FullName);
    }

    public void NoteUnwritten(int count)
    {
        if (count > 0)
        {
            NoteDropped(count, DropReasons.Shutdown);
            logger.StoppedUnwritten(name, count);
        }
    }

    public void NoteUnconfirmed() => metrics.Unconfirmed(name);

    public void LogUnconfirmed(string reason) => logger.Unconfirmed(name, reason);

    private void NoteDropped(int count, string reason)
    {
        Interlocked.Add(ref _dropped, count);
        metrics.Dropped(name, reason, count);
    }
}
