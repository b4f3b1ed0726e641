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
    private Ambience? _suppressed;

    /// <summary>Gets a value indicating whether nothing is ambient but what the consumer's flow has.</summary>
    private readonly bool IsConsumers => _start.Operation is null && _start.Costs is null;

    /// <summary>Remembers the flow that the stream was started in, just after it was started.</summary>
    /// <param name="start">What is ambient in it.</param>
    /// <param name="consumer">What <see cref="Enter"/> returned.</param>
    public void Adopt(in StreamStart start, ExecutionContext? consumer)
    {
        _start = start;
        if (!IsConsumers)
        {
            _consumer = consumer;
            _own = consumer is null ? null : ExecutionContext.Capture();
        }
    }

    /// <summary>Leaves the inner client to the consumer's flow from now on, as a span that has ended is nobody's parent.</summary>
    public void Forget()
    {
        _start = default;
        _own = null;
        _consumer = null;
    }

    /// <summary>Enters the stream's own flow; without one, the flow stays as it is.</summary>
    /// <returns>The consumer's context, for <see cref="Leave"/>; <see langword="null"/> where its flow is suppressed.</returns>
    public ExecutionContext? Enter()
    {
        var consumer = ExecutionContext.Capture();
        if (_own is not null && ReferenceEquals(consumer, _consumer))
        {
            ExecutionContext.Restore(_own);
        }
        else
        {
            EnterAnew(consumer);
        }

        return consumer;
    }

    /// <summary>Returns to the consumer's flow.</summary>
    public void Leave(ExecutionContext? consumer)
    {
        if (consumer is not null)
        {
            ExecutionContext.Restore(consumer);
        }
        else
        {
            _suppressed!.PutBack();
            _suppressed = null;
        }
    }

    private void EnterAnew(ExecutionContext? consumer)
    {
        if (consumer is null)
        {
            _suppressed = new(Activity.Current, AmbientOperation.Current, AgentContext.Capture());
        }

        if (!IsConsumers)
        {
            SetAmbience();
            Adopt(_start, consumer);
        }
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

    /// <summary>What is ambient in a flow that cannot be captured.</summary>
    private sealed record Ambience(Activity? Activity, AgentOperation? Operation, AgentContext? Context)
    {
        public void PutBack()
        {
            Activity.Current = Activity;
            AmbientOperation.Enter(Operation);
            AgentContext.PutBack(Context);
        }
    }
}
