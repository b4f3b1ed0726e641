using System.Diagnostics;
using AiObs.Operations;
using AiObs.Tracing.Data;

namespace AiObs.Tracing;

/// <summary>A piece of work that ends with data of its kind.</summary>
/// <typeparam name="TStop">What is known at the end.</typeparam>
public sealed class AgentSpan<TStop> : AgentSpan
    where TStop : SpanStop
{
    private readonly TracerParts? _parts;
    private readonly AgentOperation? _operation;
    private readonly SpanStart<TStop>? _start;

    private AgentSpan()
    {
    }

    internal AgentSpan(TracerParts parts, AgentOperation operation, SpanStart<TStop> start)
    {
        _parts = parts;
        _operation = operation;
        _start = start;
    }

    /// <inheritdoc/>
    public override bool IsTraced => _operation is not null;

    /// <inheritdoc/>
    public override Activity? Activity => _operation?.Activity;

    /// <summary>Gets the span of work that is not traced.</summary>
    internal static AgentSpan<TStop> Untraced { get; } = new();

    private bool IsStopped { get; set; }

    /// <summary>Says how the work ended. What is said here wins over what the traced function returns.</summary>
    /// <param name="stop">What is known at the end.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stop"/> is <see langword="null"/>.</exception>
    public void Stop(TStop stop)
    {
        ArgumentNullException.ThrowIfNull(stop);
        if (_operation is not null)
        {
            IsStopped = true;
            _parts!.Pipeline.Faults.Run(
                "tracer",
                (stop, _parts, _operation),
                static state => state.stop.Apply(state._parts, state._operation));
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception exception, bool callerCancelled = false)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (_operation is not null)
        {
            _parts!.Pipeline.Fail(_operation, exception, callerCancelled);
            Leave();
            ForgoEvents();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_operation is not null)
        {
            _parts!.Pipeline.Complete(_operation);
            Leave();
            ForgoEvents();
        }
    }

    /// <summary>Ends the span well and waits for durable event sinks.</summary>
    internal ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_operation is null)
        {
            return ValueTask.CompletedTask;
        }

        _parts!.Pipeline.Complete(_operation);
        Leave();
        return _operation.ConfirmEventsAsync(cancellationToken);
    }

    /// <summary>Ends the span of work that failed and waits for durable event sinks.</summary>
    internal ValueTask FailAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (_operation is null)
        {
            return ValueTask.CompletedTask;
        }

        _parts!.Pipeline.Fail(_operation, exception, cancellationToken.IsCancellationRequested);
        Leave();
        return _operation.SettleEventsAsync(cancellationToken);
    }

    /// <summary>Takes what the traced function returned as the end, unless <see cref="Stop"/> was called.</summary>
    internal void StopWith(object? result)
    {
        if (_operation is null || IsStopped || result is null)
        {
            return;
        }

        if (_parts!.Pipeline.Faults.Get("tracer", (_start, result), static state => state._start!.StopFrom(state.result)) is { } stop)
        {
            Stop(stop);
        }
    }

    // There is no way to wait here for sinks that want it.
    private void ForgoEvents() => _operation!.Delivery?.Forgo();

    private void Leave()
    {
        if (ReferenceEquals(AmbientOperation.Current, _operation))
        {
            AmbientOperation.Enter(_operation!.Parent);
        }
    }
}
