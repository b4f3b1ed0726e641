using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>Makes a stream's operation, span and cost tracking the ambient ones while the inner client works, and leaves the consumer's flow untouched.</summary>
/// <remarks>
/// Between two updates the consumer's code runs, so all are to be set anew each time. Setting an <see cref="AsyncLocal{T}"/> copies the
/// execution context; as long as the consumer's context is the same one, the copy made last time is put back instead.
/// </remarks>
internal struct StreamFlow
{
    private StreamStart _start;
    private ExecutionContext? _own;
    private ExecutionContext? _consumer;

    /// <summary>Remembers the flow that the stream was started in, just after it was started.</summary>
    public void Adopt(in StreamStart start, in Visit visit)
    {
        _start = start;
        if (IsConsumers)
        {
            return;
        }

        _consumer = visit.Consumer;
        _own = visit.Consumer is null ? null : ExecutionContext.Capture();
    }

    /// <summary>Leaves the inner client to the consumer's flow from now on, as a span that has ended is nobody's parent.</summary>
    public void Forget() => this = default;

    /// <summary>Gets a value indicating whether nothing is ambient but what the consumer's flow has.</summary>
    private readonly bool IsConsumers => _start.Operation is null && _start.Costs is null;

    /// <summary>Enters the stream's own flow; without one, the flow stays as it is.</summary>
    public Visit Enter()
    {
        var consumer = ExecutionContext.Capture();
        var visit = new Visit(consumer, consumer is null ? new Ambience(Activity.Current, AmbientOperation.Current, AgentContext.Capture()) : null);
        if (IsConsumers)
        {
            return visit;
        }

        if (_own is not null && ReferenceEquals(visit.Consumer, _consumer))
        {
            ExecutionContext.Restore(_own);
            return visit;
        }

        SetAmbience();
        Adopt(_start, visit);
        return visit;
    }

    private readonly void SetAmbience()
    {
        if (_start.Operation is { } operation)
        {
            if (operation.Activity is { IsStopped: false } activity)
            {
                Activity.Current = activity;
            }

            AmbientOperation.Enter(operation);
        }

        if (_start.Costs is { } costs)
        {
            AgentContext.PassDown(costs);
        }
    }

    /// <summary>Where a visit to the stream's flow came from.</summary>
    /// <param name="Consumer">The consumer's context; <see langword="null"/> where its flow is suppressed.</param>
    /// <param name="Ambience">What was ambient there, where its flow is suppressed.</param>
    public readonly record struct Visit(ExecutionContext? Consumer, Ambience? Ambience)
    {
        /// <summary>Returns to the consumer's flow.</summary>
        public void Leave()
        {
            if (Consumer is not null)
            {
                ExecutionContext.Restore(Consumer);
                return;
            }

            Activity.Current = Ambience!.Activity;
            AmbientOperation.Enter(Ambience.Operation);
            AgentContext.PutBack(Ambience.Context);
        }
    }

    /// <summary>What is ambient in a flow that cannot be captured.</summary>
    public sealed record Ambience(Activity? Activity, AgentOperation? Operation, AgentContext? Context);
}
