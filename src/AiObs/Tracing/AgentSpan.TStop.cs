using System.Diagnostics;
using AiObs.Operations;
using AiObs.Tracing;

namespace AiObs;

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

    private bool HasResult { get; set; }

    /// <summary>Says what came of the work, which goes on until the span is disposed. It wins over what the traced function returns.</summary>
    /// <param name="result">What is known at the end.</param>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is <see langword="null"/>.</exception>
    public void SetResult(TStop result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (_operation is not null)
        {
            HasResult = true;
            _parts!.Pipeline.Faults.Run(
                "tracer",
                (result, _parts, _operation),
                static state => state.result.Apply(state._parts, state._operation));
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

    /// <summary>Takes what the traced function returned, unless <see cref="SetResult"/> was called.</summary>
    internal void SetReturned(object? returned)
    {
        if (_operation is null || HasResult || returned is null)
        {
            return;
        }

        if (_parts!.Pipeline.Faults.Get("tracer", (_start, returned), static state => state._start!.StopFrom(state.returned)) is { } result)
        {
            SetResult(result);
        }
    }

    // There is no way to wait here for sinks that want it.
    private void ForgoEvents() => _operation!.Confirmation?.Forgo();

    private void Leave()
    {
        if (ReferenceEquals(AmbientOperation.Current, _operation))
        {
            AmbientOperation.Enter(_operation!.Parent);
        }
    }
}
