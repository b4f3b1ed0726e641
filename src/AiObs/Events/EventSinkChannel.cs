using System.Collections.Frozen;
using AiObs.Delivery;
using Microsoft.Extensions.Logging;

namespace AiObs.Events;

/// <summary>The way to one sink: which events it wants, and what it has promised to the calls that raise them.</summary>
internal sealed class EventSinkChannel : IAsyncDisposable
{
    private readonly EventSinkOptions _options;
    private readonly TimeSpan _shutdownTimeout;
    private readonly EventMetrics _metrics;
    private readonly ILogger _logger;
    private readonly FrozenSet<string>? _types;
    private readonly DeliveryChannel<AgentEvent> _delivery;

    public EventSinkChannel(
        string name, IAgentEventSink sink, EventSinkOptions options, TimeSpan shutdownTimeout, TimeProvider clock, EventMetrics metrics, ILogger logger)
    {
        Name = name;
        _options = options;
        _shutdownTimeout = shutdownTimeout;
        _metrics = metrics;
        _logger = logger;
        _types = options.Types.Count == 0 ? null : options.Types.ToFrozenSet(StringComparer.Ordinal);
        var delivery = new DeliveryOptions
        {
            Capacity = options.QueueCapacity,
            CapacityBytes = options.QueueCapacityBytes,
            DropsOldest = options is { Delivery: EventDelivery.BestEffort, DropOldest: true },
            BatchSize = options.BatchSize,
            BatchAge = options.BatchAge,
            WriteTimeout = options.WriteTimeout,
            FailureThreshold = options.FailureThreshold,
            BackOff = options.BackOff,
            MaxBackOff = options.MaxBackOff,
            StopTimeout = shutdownTimeout,
        };
        _delivery = new DeliveryChannel<AgentEvent>(new EventSinkTarget(name, sink, options, metrics, logger), delivery, clock);
    }

    public string Name { get; }

    public long Queued => _delivery.Waiting;

    /// <summary>Gets a value indicating whether a call that is not confirmed is to throw.</summary>
    public bool Throws => _options.ThrowOnFailure;

    public EventSinkStatus Status
    {
        get
        {
            var status = _delivery.Status;
            return new EventSinkStatus
            {
                Name = Name,
                Delivery = _options.Delivery,
                State = status.State switch
                {
                    DeliveryState.Stopped => EventSinkState.Stopped,
                    DeliveryState.Hung => EventSinkState.Hung,
                    DeliveryState.Broken => EventSinkState.Broken,
                    DeliveryState.Retrying => EventSinkState.Retrying,
                    _ => EventSinkState.Working,
                },
                Queued = status.Waiting,
                Capacity = _options.QueueCapacity,
                Written = status.Written,
                Dropped = status.Dropped,
                Failures = status.Failures,
                LastSuccess = status.LastSuccess,
                LastFailure = status.LastFailure,
                LastErrorType = status.LastErrorType,
                Drops = status.Drops,
            };
        }
    }

    private bool IsDurable => _options.Delivery == EventDelivery.Durable;

    public bool Wants(string type) => _types is null || _types.Contains(type);

    /// <summary>Lets an event in. What the sink has promised to confirm is noted on the receipt.</summary>
    public void Post(AgentEvent item, ref DeliveryReceipt? receipt)
    {
        if (receipt?.HasWaiting(this) == true)
        {
            receipt.AddWaiting(this, item);
            return;
        }

        switch (_delivery.Add(item, out var sequence))
        {
            case QueueAdmission.Full when IsDurable:
                (receipt ??= new DeliveryReceipt()).AddWaiting(this, item);
                break;
            case QueueAdmission.Accepted when IsDurable:
                (receipt ??= new DeliveryReceipt()).AddQueued(this, sequence);
                break;
            case QueueAdmission.Full:
                _delivery.Drop(1);
                break;
        }
    }

    /// <summary>Waits until the sink has written some events. Returns what to throw where it has not.</summary>
    /// <param name="first">The sequence number of the first event; 0 when all of them are waiting to be let in.</param>
    /// <param name="last">The sequence number of the last event.</param>
    /// <param name="waiting">Events that found the queue full.</param>
    /// <param name="cancellationToken">Ends the wait; the events stay where they are.</param>
    public async ValueTask<EventDeliveryException?> ConfirmAsync(
        long first, long last, IReadOnlyList<AgentEvent>? waiting, CancellationToken cancellationToken)
    {
        try
        {
            await _delivery.ConfirmAsync(first, last, waiting ?? [], _options.DurableTimeout, cancellationToken).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever a write failed with, the events are not confirmed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _metrics.Unconfirmed(Name);
            return new EventDeliveryException($"Event sink {Name} did not confirm: {Describe(exception)}", exception) { Sinks = [Name] };
        }
    }

    /// <summary>Logs that the sink did not confirm, where nothing is thrown.</summary>
    public void LogUnconfirmed(EventDeliveryException failure) => _logger.Unconfirmed(Name, failure.Message);

    /// <summary>Counts events that found the queue full and that nobody waits for.</summary>
    public void Forgo(int count) => _delivery.Drop(count);

    /// <summary>Waits until everything that is in the queue is written and the sink holds nothing back.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _delivery.FlushAsync(_shutdownTimeout, cancellationToken);

    /// <summary>Lets nothing in any more, writes what waits, and stops. What could not be written in time is counted and logged.</summary>
    public ValueTask DisposeAsync() => _delivery.DisposeAsync();

    private string Describe(Exception exception) => exception switch
    {
        DeliveryException { State: DeliveryState.Stopped } => "The sink was stopped.",
        DeliveryException { State: DeliveryState.Hung } => "The sink is hung; its events wait until it is back.",
        DeliveryException => "The sink is broken; its events wait until it is back.",
        TimeoutException => $"It took longer than {_options.DurableTimeout}; the events still wait to be written.",
        OperationCanceledException => "The caller was cancelled; the events still wait to be written.",
        _ => $"It failed with {exception.GetType().FullName}.",
    };
}
