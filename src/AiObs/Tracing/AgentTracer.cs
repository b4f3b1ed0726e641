using System.Collections.Concurrent;
using AiObs.Events;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Tracing;

namespace AiObs;

/// <summary>Traces work of the application's own: agents, tools, model calls, prompts, retrieval and the steps between them.</summary>
/// <remarks>
/// Each kind comes in two forms. <c>Trace…</c> runs a function inside a span: what it returns is the output unless <c>span.SetResult</c> said otherwise,
/// what it throws is recorded and passes on as it is. <c>Start…</c> hands out the span to dispose. Data that is missing never breaks the
/// work: it is warned of once, and the work runs untraced.
/// </remarks>
public sealed partial class AgentTracer
{
    private readonly ConcurrentDictionary<string, bool> _warned = new(StringComparer.Ordinal);
    private readonly TracerParts _parts;

    internal AgentTracer(OperationPipeline pipeline) => _parts = new TracerParts(pipeline);

    /// <summary>Says that one agent hands the work to another one: raises an event <see cref="Events.AgentEventTypes.AgentHandoff"/> in the flow that it is called in.</summary>
    /// <param name="from">The agent that had the work.</param>
    /// <param name="to">The agent that has it from now on.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <remarks>Handoffs of observed models that call a tool named <c>handoff_to_…</c> or <c>transfer_to_…</c> are told without it.</remarks>
    public void HandOff(string from, string to)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(from);
        ArgumentException.ThrowIfNullOrWhiteSpace(to);
        if (_parts.Pipeline.IsListening)
        {
            var current = AmbientOperation.Current;
            _parts.Pipeline.Audience.Noticed(Handoff.Say(from, to, current, _parts.Pipeline.ReadContext(current?.Context.ConversationId)));
        }
    }

    private AgentSpan<TStop> Start<TStop>(string name, SpanStart<TStop> start)
        where TStop : SpanStop
    {
        ArgumentNullException.ThrowIfNull(start);
        if (!_parts.Pipeline.IsListening)
        {
            return AgentSpan<TStop>.Untraced;
        }

        if ((string.IsNullOrWhiteSpace(name) ? "name" : start.FindMissing()) is { } missing)
        {
            if (_warned.TryAdd(start.Kind, true))
            {
                _parts.Pipeline.Logger.TracerDataMissing(start.Kind, missing);
            }

            return AgentSpan<TStop>.Untraced;
        }

        return _parts.Pipeline.Faults.Get("tracer", (Tracer: this, name, start), static state => state.Tracer.Begin(state.name, state.start))
            ?? AgentSpan<TStop>.Untraced;
    }

    private AgentSpan<TStop> Begin<TStop>(string name, SpanStart<TStop> start)
        where TStop : SpanStop
    {
        var operation = start.CreateOperation(_parts, name);
        (operation as ModelOperation)?.IsTraced = true;
        _parts.Pipeline.Faults.Run("tracer", (start, _parts, operation), static state => state.start.Record(state._parts, state.operation));
        _parts.Pipeline.Start(operation);
        return new AgentSpan<TStop>(_parts, operation, start);
    }

    private Task<T> TraceAsync<TStop, T>(
        string name, SpanStart<TStop> start, Func<AgentSpan<TStop>, Task<T>> run, CancellationToken cancellationToken)
        where TStop : SpanStop
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(run);
        return _parts.Pipeline.IsListening
            ? RunAsync(name, start, run, cancellationToken)
            : run(AgentSpan<TStop>.Untraced);
    }

    private async Task<T> RunAsync<TStop, T>(
        string name, SpanStart<TStop> start, Func<AgentSpan<TStop>, Task<T>> run, CancellationToken cancellationToken)
        where TStop : SpanStop
    {
        var span = Start(name, start);
        T result;
        try
        {
            result = await run(span).ConfigureAwait(false);
            span.SetReturned(result);
        }
        catch (Exception exception)
        {
            await span.FailAsync(exception, cancellationToken).ConfigureAwait(false);
            throw;
        }

        await span.CompleteAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private Task TraceAsync<TStop>(
        string name, SpanStart<TStop> start, Func<AgentSpan<TStop>, Task> run, CancellationToken cancellationToken)
        where TStop : SpanStop
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(run);
        return _parts.Pipeline.IsListening
            ? RunAsync<TStop, object?>(name, start, WithoutResultAsync, cancellationToken)
            : run(AgentSpan<TStop>.Untraced);

        async Task<object?> WithoutResultAsync(AgentSpan<TStop> span)
        {
            await run(span).ConfigureAwait(false);
            return null;
        }
    }

    private T Trace<TStop, T>(string name, SpanStart<TStop> start, Func<AgentSpan<TStop>, T> run)
        where TStop : SpanStop
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(run);
        using var span = Start(name, start);
        try
        {
            var result = run(span);
            span.SetReturned(result);
            return result;
        }
        catch (Exception exception)
        {
            span.Fail(exception);
            throw;
        }
    }
}
