using System.Diagnostics;
using AiObs.Cost;
using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>Makes a call's operation, span and cost tracking the ambient ones while the inner client works, and leaves the caller's flow untouched.</summary>
/// <remarks>
/// Between two updates of a stream its consumer's code runs, so all are to be set anew each time. Setting an <see cref="AsyncLocal{T}"/> copies the
/// execution context; as long as the consumer's context is the same one, the copy made last time is put back instead.
/// </remarks>
internal struct CallFlow
{
    private AgentOperation? _operation;
    private CostScope? _costs;
    private ExecutionContext? _own;
    private ExecutionContext? _consumer;
    private Ambience? _suppressed;

    /// <summary>Gets a value indicating whether nothing is ambient but what the consumer's flow has.</summary>
    private readonly bool IsConsumers => _operation is null && _costs is null;

    /// <summary>Remembers the flow that the stream was started in, just after it was started.</summary>
    /// <param name="start">What is ambient in it.</param>
    /// <param name="consumer">What <see cref="Enter"/> returned.</param>
    public void Adopt(in StreamStart start, ExecutionContext? consumer)
    {
        (_operation, _costs) = (start.Operation, start.Costs);
        if (!IsConsumers)
        {
            Remember(consumer);
        }
    }

    /// <summary>Leaves the inner client to the consumer's flow from now on, as a span that has ended is nobody's parent.</summary>
    public void Forget()
    {
        _operation = null;
        _costs = null;
        _own = null;
        _consumer = null;
    }

    /// <summary>Notes what flow a call comes from, before anything is ambient in it.</summary>
    /// <remarks>Apart from <see cref="Enter"/>, so that the JIT learns that one from streams alone.</remarks>
    /// <returns>The caller's context, for <see cref="Leave"/>; <see langword="null"/> where its flow is suppressed.</returns>
    public ExecutionContext? Begin()
    {
        var caller = ExecutionContext.Capture();
        NoteSuppressed(caller);
        return caller;
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
        NoteSuppressed(consumer);
        if (!IsConsumers)
        {
            SetAmbience();
            Remember(consumer);
        }
    }

    private void NoteSuppressed(ExecutionContext? consumer)
    {
        if (consumer is null)
        {
            _suppressed = new(Activity.Current, AmbientOperation.Current, AgentContext.Capture());
        }
    }

    private void Remember(ExecutionContext? consumer)
    {
        _operation?.CallerFlow = consumer;
        _consumer = consumer;
        _own = consumer is null ? null : ExecutionContext.Capture();
    }

    private readonly void SetAmbience()
    {
        if (_operation is { } operation)
        {
            if (operation.Activity is { IsStopped: false } activity)
            {
                Activity.Current = activity;
            }

            AmbientOperation.Enter(operation);
        }

        if (_costs is { } costs)
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
