using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Tools;

/// <summary>Puts spans of ours in the place of those that function loops open for the calls they make.</summary>
/// <remarks>
/// Nothing of the caller's is touched: whoever looks at functions, options or messages sees the same with and without a listener.
/// The loop says what it calls in <see cref="FunctionInvokingChatClient.CurrentContext"/>. Its own span, which would hold the message
/// of an exception as it is, is muted where it starts, before the loop has written anything on it.
/// </remarks>
internal sealed class LoopListener
{
    private const string CallProperty = "AiObs.LoopCall";
    private const string ToolSpanPrefix = GenAiOperationNames.ExecuteTool + " ";

    // .NET keeps this listener until it is disposed; it must not keep the client.
    private readonly WeakReference<ToolRecorder> _recorder;

    private LoopListener(ToolRecorder recorder) => _recorder = new(recorder);

    public static ActivityListener Create(ActivitySource source, ToolRecorder recorder)
    {
        var loops = new LoopListener(recorder);
        return new ActivityListener
        {
            ShouldListenTo = candidate => ReferenceEquals(candidate, source),
            Sample = loops.Sample,
            ActivityStarted = loops.Started,
            ActivityStopped = loops.Stopped,
        };
    }

    /// <summary>Finds the call that the function loop around the current flow makes, unless an operation stands for it already.</summary>
    public static FunctionInvocationContext? FindCall()
    {
        if (FunctionInvokingChatClient.CurrentContext is not { } call)
        {
            return null;
        }

        var operation = AmbientOperation.Current;
        while (operation is not null and not ToolOperation)
        {
            operation = operation.Parent;
        }

        return ReferenceEquals((operation as ToolOperation)?.CallInLoop, call.CallContent) ? null : call;
    }

    /// <summary>Without anybody who records spans, those of calls are wanted all the same: metrics, events and costs hang on them.</summary>
    private ActivitySamplingResult Sample(ref ActivityCreationOptions<ActivityContext> options) =>
        IsTool(options.Name)
        && FunctionInvokingChatClient.CurrentContext is not null
        && _recorder.TryGetTarget(out var recorder)
        && recorder.IsListening
            ? ActivitySamplingResult.PropagationData
            : ActivitySamplingResult.None;

    private void Started(Activity span)
    {
        if (_recorder.TryGetTarget(out var recorder))
        {
            recorder.Pipeline.Faults.Run(ToolRecorder.Part, (recorder, span), static state => Start(state.recorder, state.span));
        }
    }

    private void Stopped(Activity span)
    {
        if (_recorder.TryGetTarget(out var recorder))
        {
            recorder.Pipeline.Faults.Run(ToolRecorder.Part, span, Stop);
        }
    }

    private static void Start(ToolRecorder recorder, Activity span)
    {
        var isTool = IsTool(span.OperationName);
        if (!recorder.Pipeline.IsOn)
        {
            if (isTool || span.OperationName == UnansweredTools.LoopSpan)
            {
                Mute(span);
            }
        }
        else if (isTool && FindCall() is { } call && IsSpanOf(span, call))
        {
            if (ToolObserver.ObservesItself(call.Function))
            {
                Mute(span);
            }
            else
            {
                StandIn(recorder, span, call);
            }
        }
    }

    private static void Stop(Activity span)
    {
        if (span.GetCustomProperty(CallProperty) is LoopCall call)
        {
            // Whoever keeps the span must not keep the client.
            span.SetCustomProperty(CallProperty, null);
            call.Stop(span);
        }
        else if (span.OperationName == UnansweredTools.LoopSpan)
        {
            // There is no way to wait here for sinks that want it.
            UnansweredTools.On(span)?.Close(thrown: null, isCancelled: false, confirmation: null)?.Forgo();
        }
    }

    private static void StandIn(ToolRecorder recorder, Activity span, FunctionInvocationContext call)
    {
        var around = AmbientOperation.Current;
        var place = UnansweredTools.FindFor(span.Parent);
        Activity.Current = span.Parent;
        if (recorder.Start(call) is { } operation)
        {
            span.SetCustomProperty(CallProperty, new LoopCall(recorder, operation, call, place));
            Silence(span);
        }
        else
        {
            AmbientOperation.Enter(around);
            Activity.Current = span;
        }
    }

    private static void Mute(Activity span)
    {
        Silence(span);
        Activity.Current = span.Parent;
    }

    private static void Silence(Activity span)
    {
        span.IsAllDataRequested = false;
        if (IsTool(span.OperationName))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static bool IsTool(string spanName) => spanName.StartsWith(ToolSpanPrefix, StringComparison.Ordinal);

    /// <summary>Tells a span of the loop from one of a hand-written loop that runs inside of a function.</summary>
    private static bool IsSpanOf(Activity span, FunctionInvocationContext call) =>
        Equals(span.GetTagItem(GenAiAttributes.ToolCallId), call.CallContent.CallId)
        && span.OperationName.AsSpan(ToolSpanPrefix.Length).SequenceEqual(call.Function.Name);
}
