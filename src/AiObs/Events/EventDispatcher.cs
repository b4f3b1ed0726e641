using AiObs.Pipeline;

namespace AiObs.Events;

/// <summary>Hands each event to the sinks that want it.</summary>
internal sealed class EventDispatcher
{
    // A shutdown that waits for no sink is no reason to leave one behind that disposes itself as it should.
    private static readonly TimeSpan ShortestDisposal = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ObservabilityCore _core;
    private readonly TimeSpan _shutdownTimeout;
    private readonly EventDispatcher? _shared;
    private EventSinkChannel[] _sinks = [];
    private EventSinkChannel[] _guests = [];
    private EventMetrics? _metrics;
    private bool _isStopped;

    /// <summary>Initializes a new instance of the <see cref="EventDispatcher"/> class.</summary>
    /// <param name="core">What all clients of the root share.</param>
    /// <param name="shutdownTimeout">How long sinks may take to write what waits.</param>
    /// <param name="shared">For the sinks of one client: the dispatcher whose sinks receive the client's events too; <see langword="null"/> for that of a root.</param>
    public EventDispatcher(ObservabilityCore core, TimeSpan shutdownTimeout, EventDispatcher? shared = null)
    {
        _core = core;
        _shutdownTimeout = shutdownTimeout;
        _shared = shared;
    }

    /// <summary>Gets the sinks at this moment; of a root, those of its clients among them.</summary>
    public IReadOnlyList<EventSinkChannel> Sinks => _shared is null
        ? [.. Volatile.Read(ref _sinks), .. Volatile.Read(ref _guests)]
        : [.. Chain().Reverse().SelectMany(static dispatcher => Volatile.Read(ref dispatcher._sinks))];

    /// <summary>Gets a value indicating whether nobody needs to be told of operations.</summary>
    public bool IsEmpty => _shared is null && Volatile.Read(ref _sinks).Length == 0;

    /// <summary>Gets the metrics; they exist from the first sink on.</summary>
    public EventMetrics Metrics
    {
        get
        {
            if (_shared is not null)
            {
                return _shared.Metrics;
            }

            lock (_lock)
            {
                return _metrics ??= new EventMetrics(_core.Meter, _core.Faults, () => Sinks);
            }
        }
    }

    private EventDispatcher Root => Chain().Last();

    public bool Wants(string type)
    {
        for (var dispatcher = this; dispatcher is not null; dispatcher = dispatcher._shared)
        {
            foreach (var sink in Volatile.Read(ref dispatcher._sinks))
            {
                if (sink.Wants(type))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void Post(AgentEvent item, ref DeliveryReceipt? receipt)
    {
        for (var dispatcher = this; dispatcher is not null; dispatcher = dispatcher._shared)
        {
            foreach (var sink in Volatile.Read(ref dispatcher._sinks))
            {
                if (sink.Wants(item.Type))
                {
                    sink.Post(item, ref receipt);
                }
            }
        }
    }

    public EventSinkChannel Add(string name, IAgentEventSink sink, EventSinkOptions options)
    {
        var metrics = Metrics;
        var root = Root;
        lock (root._lock)
        {
#pragma warning disable CA1513 // The name of this type would tell nobody what was disposed.
            if (_isStopped || root._isStopped)
            {
                throw new ObjectDisposedException("AgentObservability");
            }
#pragma warning restore CA1513

            var channel = new EventSinkChannel(root.Unique(name), sink, options, _shutdownTimeout, _core.Clock, metrics, _core.Logger);
            Volatile.Write(ref _sinks, [.. _sinks, channel]);
            if (_shared is not null)
            {
                Volatile.Write(ref root._guests, [.. root._guests, channel]);
            }

            return channel;
        }
    }

    public void Remove(EventSinkChannel channel)
    {
        var root = Root;
        lock (root._lock)
        {
            Volatile.Write(ref _sinks, Without(_sinks, channel));
            Volatile.Write(ref root._guests, Without(root._guests, channel));
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

    /// <summary>Stops all sinks; of a client, its own.</summary>
    public async Task StopAsync()
    {
        var root = Root;
        IReadOnlyList<EventSinkChannel> sinks;
        lock (root._lock)
        {
            _isStopped = true;
            sinks = _shared is null ? Sinks : _sinks;
        }

        await Task.WhenAll(sinks.Select(static sink => sink.DisposeAsync().AsTask())).ConfigureAwait(false);
        if (_shared is not null)
        {
            lock (root._lock)
            {
                Volatile.Write(ref root._guests, [.. root._guests.Except(sinks)]);
            }
        }
    }

    /// <summary>Disposes what sinks hold. What takes longer than they have to write is left behind, counted and logged.</summary>
    /// <param name="name">What the log calls it.</param>
    /// <param name="dispose">Disposes it; on a thread of the pool, which it may block and where what it comes back to cannot lock up.</param>
    public async Task DisposeAsync(string name, Func<Task> dispose)
    {
        var timeout = _shutdownTimeout > ShortestDisposal ? _shutdownTimeout : ShortestDisposal;
        var disposal = Task.Run(dispose);
        try
        {
            await disposal.WaitAsync(timeout, _core.Clock).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!disposal.IsFaulted)
        {
            _core.Faults.Count("dispose");
            _core.Logger.LeftBehind(name, timeout);
        }
    }

    /// <summary>Goes from the dispatcher of a client to that of its root.</summary>
    private IEnumerable<EventDispatcher> Chain()
    {
        for (var dispatcher = this; dispatcher is not null; dispatcher = dispatcher._shared)
        {
            yield return dispatcher;
        }
    }

    private static EventSinkChannel[] Without(EventSinkChannel[] sinks, EventSinkChannel channel) => [.. sinks.Where(sink => sink != channel)];

    private string Unique(string name)
    {
        var unique = name;
        for (var number = 2; Sinks.Any(sink => sink.Name == unique); number++)
        {
            unique = $"{name}-{number}";
        }

        return unique;
    }
}
