using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace AiObs.Events.Delivery;

/// <summary>One sink with its queue and its worker.</summary>
internal sealed class SinkChannel : IAsyncDisposable
{
    private readonly EventSinkOptions _options;
    private readonly TimeSpan _shutdownTimeout;
    private readonly TimeProvider _clock;
    private readonly FrozenSet<string>? _types;
    private readonly SinkQueue _queue;
    private readonly SinkCircuit _circuit;
    private readonly SinkWriter _writer;
    private readonly SinkHealth _health;
    private readonly SinkWorker _worker;
    private readonly Task _running;
    private Task? _stopping;
    private volatile bool _isStopped;

    public SinkChannel(
        string name, IAgentEventSink sink, EventSinkOptions options, TimeSpan shutdownTimeout, TimeProvider clock, EventMetrics metrics, ILogger logger)
    {
        Name = name;
        _options = options;
        _shutdownTimeout = shutdownTimeout;
        _clock = clock;
        _types = options.Types.Count == 0 ? null : options.Types.ToFrozenSet(StringComparer.Ordinal);
        _circuit = new SinkCircuit(options.FailureThreshold, clock);
        _health = new SinkHealth(name, options, _circuit, metrics, logger);
        _writer = new SinkWriter(sink, options.WriteTimeout, clock);

        // Neither the worker nor the timer belongs to the call that happens to be running now.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _queue = new SinkQueue(options, clock);
            _worker = new SinkWorker(_queue, _writer, _health, options, clock);
            _running = Task.Run(RunAsync);
        }
    }

    public string Name { get; }

    public long Queued => _queue.Count;

    public EventSinkStatus Status => _circuit.Describe(new EventSinkStatus
    {
        Name = Name,
        Delivery = _options.Delivery,
        State = State,
        Queued = _queue.Count,
        Capacity = _options.QueueCapacity,
        Written = _health.Written,
        Dropped = _health.Dropped,
        Failures = 0,
    });

    private bool IsDurable => _options.Delivery == EventDelivery.Durable;

    private EventSinkState State => (_isStopped, _writer.IsHung, _circuit.Failures, _circuit.IsOpen) switch
    {
        (true, _, _, _) => EventSinkState.Stopped,
        (_, true, _, _) => EventSinkState.Hung,
        (_, _, _, true) => EventSinkState.Broken,
        (_, _, > 0, _) => EventSinkState.Retrying,
        _ => EventSinkState.Working,
    };

    /// <summary>Gets a value indicating whether a call that is not confirmed is to throw.</summary>
    public bool Throws => _options.OnFailure == EventFailureMode.Throw;

    public bool Wants(string type) => _types is null || _types.Contains(type);

    /// <summary>Lets an event in. What the sink has promised to confirm is noted on the receipt.</summary>
    public void Post(AgentEvent item, ref DeliveryReceipt? receipt)
    {
        if (receipt?.HasWaiting(this) == true)
        {
            receipt.AddWaiting(this, item);
            return;
        }

        var admission = _queue.Add(item, out var sequence);
        switch (admission)
        {
            case QueueAdmission.Closed:
                break;
            case QueueAdmission.Full when IsDurable:
                (receipt ??= new DeliveryReceipt()).AddWaiting(this, item);
                break;
            case QueueAdmission.Accepted when IsDurable:
                (receipt ??= new DeliveryReceipt()).AddQueued(this, sequence);
                break;
            case QueueAdmission.Full or QueueAdmission.AcceptedForOldest:
                _health.NoteFull();
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
        var started = _clock.GetTimestamp();
        var letIn = 0;
        try
        {
            for (; letIn < (waiting?.Count ?? 0); letIn++)
            {
                last = await AddAsync(waiting![letIn], started, cancellationToken).ConfigureAwait(false);
                first = first == 0 ? last : first;
            }

            await WaitForAsync(first, last, started, cancellationToken).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever a write failed with, the events are not confirmed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _health.NoteUnconfirmed();
            return new EventDeliveryException($"Event sink {Name} did not confirm: {Describe(exception)}", exception) { Sinks = [Name] };
        }
        finally
        {
            Forgo((waiting?.Count ?? 0) - letIn);
        }
    }

    /// <summary>Logs that the sink did not confirm, where nothing is thrown.</summary>
    public void LogUnconfirmed(EventDeliveryException failure) => _health.LogUnconfirmed(failure.Message);

    /// <summary>Counts events that found the queue full and that nobody waits for.</summary>
    public void Forgo(int count)
    {
        for (; count > 0; count--)
        {
            _health.NoteFull();
        }
    }

    /// <summary>Waits until everything that is in the queue is written and the sink holds nothing back.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var waiter = _queue.WaitFor(0, _queue.Last, flushesSink: true);
        _worker.Hurry();
        try
        {
            await Task.WhenAny(waiter.Task, _running).WaitAsync(_shutdownTimeout, _clock, cancellationToken).ConfigureAwait(false);
            await (waiter.Task.IsCompleted ? waiter.Task : _running).ConfigureAwait(false);
        }
        finally
        {
            _queue.Forget(waiter);
        }
    }

    /// <summary>Lets nothing in any more, writes what waits, and stops. What could not be written in time is counted and logged.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_queue)
        {
            return new(_stopping ??= StopAsync());
        }
    }

    private async Task StopAsync()
    {
        _queue.Close();
        _worker.Hurry();
        await _running.WaitAsync(_shutdownTimeout, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _worker.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _isStopped = true;
        _health.NoteUnwritten(_worker.Unwritten + _queue.Abandon(new EventDeliveryException("The sink was stopped.")));
        _queue.Dispose();
        _worker.Dispose();
    }

    private async Task RunAsync()
    {
        // A sink that asks a model must not raise events by it, or it would never end.
        using var suppressed = AgentContext.Suppress();
        await _worker.RunAsync().ConfigureAwait(false);
    }

    private async ValueTask<long> AddAsync(AgentEvent item, long started, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (_queue.Add(item, out var sequence))
            {
                case QueueAdmission.Accepted:
                    return sequence;
                case QueueAdmission.Closed:
                    throw new EventDeliveryException("The sink was stopped.");
            }

            ThrowIfDown();
            await _queue.WaitForRoomAsync().WaitAsync(Left(started), _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask WaitForAsync(long first, long last, long started, CancellationToken cancellationToken)
    {
        var waiter = _queue.WaitFor(first, last, flushesSink: false);
        if (waiter.Task.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            ThrowIfDown();
            await waiter.Task.WaitAsync(Left(started), _clock, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _queue.Forget(waiter);
        }
    }

    private void ThrowIfDown()
    {
        if (_writer.IsHung || _circuit.IsOpen)
        {
            throw new EventDeliveryException($"The sink is {(_writer.IsHung ? "hung" : "broken")}; its events wait until it is back.");
        }
    }

    private TimeSpan Left(long started)
    {
        var left = _options.DurableTimeout - _clock.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private string Describe(Exception exception) => exception switch
    {
        EventDeliveryException => exception.Message,
        TimeoutException => $"It took longer than {_options.DurableTimeout}; the events still wait to be written.",
        OperationCanceledException => "The caller was cancelled; the events still wait to be written.",
        _ => $"It failed with {exception.GetType().FullName}.",
    };
}
