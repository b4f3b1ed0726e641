using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>A call that a function loop makes, from the start of its operation until its result is told.</summary>
/// <param name="recorder">What ends the operation.</param>
/// <param name="operation">The operation.</param>
/// <param name="context">What the loop says of the call.</param>
/// <param name="place">Where it waits for its result; <see langword="null"/> where nobody will tell it.</param>
internal sealed class LoopCall(ToolRecorder recorder, ToolOperation operation, FunctionInvocationContext context, UnansweredTools? place)
    : UnansweredTool(operation, context.CallContent, context.Messages)
{
    private string? _errorType;
    private string? _errorMessage;

    /// <summary>Notes that the function has run.</summary>
    /// <param name="loopSpan">The span of the loop, which says how it went: never what it returned, and the message of its exception as it is.</param>
    public void Stop(Activity loopSpan)
    {
        Operation.EndTimestamp = recorder.Pipeline.Clock.GetTimestamp();
        Operation.Activity?.SetEndTime(loopSpan.StartTimeUtc + loopSpan.Duration);
        _errorType = loopSpan.GetTagItem(GenAiAttributes.ErrorType) as string;
        _errorMessage = loopSpan.StatusDescription;
        if ((place is null ? this : place.Add(this)) is { } untold)
        {
            // There is no way to wait here for sinks that want it.
            untold.End(thrown: null, isCancelled: false);
            untold.Operation.Confirmation?.Forgo();
            if (!ReferenceEquals(untold, this))
            {
                recorder.Pipeline.Faults.Drop("tool_result");
            }
        }
    }

    public override void Answer(FunctionResultContent result)
    {
        if (result.Exception is { } exception)
        {
            recorder.Fail(Operation, exception, callerCancelled: false);
        }
        else if (_errorType is not null)
        {
            recorder.Pipeline.Fail(Operation, _errorType, _errorMessage);
        }
        else
        {
            recorder.Complete(Operation, result);
        }
    }

    public override void End(Exception? thrown, bool isCancelled)
    {
        if (_errorType is null)
        {
            recorder.Pipeline.Complete(Operation);
        }
        else if (recorder.Pipeline.Faults.Get(ToolRecorder.Part, (Call: this, thrown), static state => state.Call.FindOwn(state.thrown)) is { } exception)
        {
            recorder.Fail(Operation, exception, isCancelled);
        }
        else
        {
            recorder.Pipeline.Fail(Operation, _errorType, _errorMessage);
        }
    }

    /// <summary>Finds the exception of this call in what its loop threw, which may hold those of several.</summary>
    private Exception? FindOwn(Exception? thrown) => thrown switch
    {
        null => null,
        _ when thrown.GetType().FullName == _errorType && thrown.Message == _errorMessage => thrown,
        AggregateException several => several.InnerExceptions.Select(FindOwn).FirstOrDefault(static found => found is not null),
        _ => FindOwn(thrown.InnerException),
    };
}
