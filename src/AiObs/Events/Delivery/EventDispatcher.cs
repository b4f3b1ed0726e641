using AiObs.Operations;

namespace AiObs.Events.Delivery;

/// <summary>Hands each event to the sinks that want it.</summary>
internal sealed class EventDispatcher
{
    private readonly Lock _lock = new();
    private readonly ObservabilityCore _core;
    private readonly TimeSpan _shutdownTimeout;
    private SinkChannel[] _sinks = [];
    private EventMetrics? _metrics;
    private bool _isStopped;

    public EventDispatcher(ObservabilityCore core, TimeSpan shutdownTimeout)
    {
        _core = core;
        _shutdownTimeout = shutdownTimeout;
    }

    /// <summary>Gets the sinks at this moment.</summary>
    public IReadOnlyList<SinkChannel> Sinks => Volatile.Read(ref _sinks);

    /// <summary>Gets the metrics; they exist from the first sink on.</summary>
    public EventMetrics Metrics
    {
        get
        {
            lock (_lock)
            {
                return _metrics ??= new EventMetrics(_core.Meter, _core.Faults, () => Sinks);
            }
        }
    }

    public bool Wants(string type)
    {
        foreach (var sink in Volatile.Read(ref _sinks))
        {
            if (sink.Wants(type))
            {
                return true;
            }
        }

        return false;
    }

    public void Post(AgentEvent item, ref DeliveryReceipt? receipt)
    {
        foreach (var sink in Volatile.Read(ref _sinks))
        {
            if (sink.Wants(item.Type))
            {
                sink.Post(item, ref receipt);
            }
        }
    }

    public SinkChannel Add(string name, IAgentEventSink sink, EventSinkOptions options)
    {
        var metrics = Metrics;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopped, typeof(AgentObservability));
            var channel = new SinkChannel(Unique(name), sink, options, _shutdownTimeout, _core.Clock, metrics, _core.Logger);
            Volatile.Write(ref _sinks, [.. _sinks, channel]);
            return channel;
        }
    }

    public void Remove(SinkChannel channel)
    {
        lock (_lock)
        {
            Volatile.Write(ref _sinks, [.. _sinks.Where(sink => sink != channel)]);
        }
    }

    /// <summary>Flushes all sinks at once. Returns the names of those that could not be.</summary>
    public async Task<IReadOnlyList<(string Name, Exception Reason)>> FlushAsync(CancellationToken cancellationToken)
    {
        var flushes = Sinks.Select(sink => (sink.Name, Task: sink.FlushAsync(cancellationToken))).ToList();
        await Task.WhenAll(flushes.Select(static flush => flush.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. from flush in flushes where flush.Task.IsFaulted select (flush.Name, flush.Task.Exception!.InnerException!)];
    }

    public Task StopAsync()
    {
        SinkChannel[] sinks;
        lock (_lock)
        {
            _isStopped = true;
            sinks = _sinks;
        }

        return Task.WhenAll(sinks.Select(static sink => sink.DisposeAsync().AsTask()));
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var number = 2; _sinks.Any(sink => sink.Name == unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return unique;
    }
}
