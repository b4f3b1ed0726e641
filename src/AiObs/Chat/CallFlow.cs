using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Chat;

/// <summary>Makes a call's operation and span the ambient ones while the inner client works, and leaves the caller's flow untouched.</summary>
/// <remarks>
/// Between two updates of a stream its consumer's code runs, so both are to be set anew each time. Setting an <see cref="AsyncLocal{T}"/> copies the
/// execution context; as long as the consumer's context is the same one, the copy made last time is put back instead.
/// </remarks>
internal struct CallFlow
{
    private AgentOperation? _operation;
    private ExecutionContext? _own;
    private ExecutionContext? _consumer;
    private Ambience? _suppressed;

    /// <summary>Remembers the flow that the call was started in, just after it was started.</summary>
    /// <param name="operation">Its operation; <see langword="null"/> leaves what is ambient as it is.</param>
    /// <param name="consumer">What <see cref="Enter"/> returned.</param>
    public void Adopt(AgentOperation? operation, ExecutionContext? consumer)
    {
        _operation = operation;
        if (operation is not null)
        {
            Remember(operation, consumer);
        }
    }

    /// <summary>Leaves the inner client to the consumer's flow from now on, as a span that has ended is nobody's parent.</summary>
    public void Forget()
    {
        _operation = null;
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
        if (_operation is { } operation)
        {
            SetAmbience(operation);
            Remember(operation, consumer);
        }
    }

    private void NoteSuppressed(ExecutionContext? consumer)
    {
        if (consumer is null)
        {
            _suppressed = new(Activity.Current, AmbientOperation.Current, AgentContext.Capture());
        }
    }

    private void Remember(AgentOperation operation, ExecutionContext? consumer)
    {
        operation.CallerFlow = consumer;
        _consumer = consumer;
        _own = consumer is null ? null : ExecutionContext.Capture();
    }

    private static void SetAmbience(AgentOperation operation)
    {
        if (operation.Activity is { IsStopped: false } activity)
        {
            Activity.Current = activity;
        }

        AmbientOperation.Enter(operation);
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
