using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>Makes a stream's operation and span the ambient ones while the inner client works, and leaves the consumer's flow untouched.</summary>
/// <remarks>
/// Between two updates the consumer's code runs, so both are to be set anew each time. Setting an <see cref="AsyncLocal{T}"/> copies the
/// execution context; as long as the consumer's context is the same one, the copy made last time is put back instead.
/// </remarks>
internal struct StreamFlow
{
    private AgentOperation? _operation;
    private ExecutionContext? _own;
    private ExecutionContext? _consumer;

    /// <summary>Remembers the flow that the operation was started in, just after it was started.</summary>
    public void Adopt(AgentOperation operation, in Visit visit)
    {
        _operation = operation;
        _consumer = visit.Consumer;
        _own = visit.Consumer is null ? null : ExecutionContext.Capture();
    }

    /// <summary>Leaves the inner client to the consumer's flow from now on, as a span that has ended is nobody's parent.</summary>
    public void Forget() => this = default;

    /// <summary>Enters the operation's flow; without one, the flow stays as it is.</summary>
    public Visit Enter()
    {
        var consumer = ExecutionContext.Capture();
        var visit = new Visit(consumer, consumer is null ? new Ambience(Activity.Current, AmbientOperation.Current) : null);
        if (_operation is null)
        {
            return visit;
        }

        if (_own is not null && ReferenceEquals(visit.Consumer, _consumer))
        {
            ExecutionContext.Restore(_own);
            return visit;
        }

        if (_operation.Activity is { IsStopped: false } activity)
        {
            Activity.Current = activity;
        }

        AmbientOperation.Enter(_operation);
        Adopt(_operation, visit);
        return visit;
    }

    /// <summary>Where a visit to the operation's flow came from.</summary>
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
        }
    }

    /// <summary>What is ambient in a flow that cannot be captured.</summary>
    public sealed record Ambience(Activity? Activity, AgentOperation? Operation);
}
