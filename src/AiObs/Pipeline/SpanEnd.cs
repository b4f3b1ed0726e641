using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Pipeline;

/// <summary>Ends spans of ours and leaves whoever else's is the current one in its place.</summary>
internal static class SpanEnd
{
    /// <summary>Stops a span. Where the flow is suppressed that may be in a flow of somebody else's, in which it is not the current one.</summary>
    public static void Stop(Activity activity)
    {
        var current = Activity.Current;
        try
        {
            activity.Stop();
        }
        finally
        {
            if (!IsInside(current, activity))
            {
                Activity.Current = current;
            }
        }
    }

    /// <summary>Stops the span of an operation that is ours, in the caller's flow, where that is known.</summary>
    public static void Stop(AgentOperation operation, bool tellsTime, Faults faults)
    {
        if (operation.IsForeignActivity || operation.Activity is not { } activity)
        {
            return;
        }

        if (tellsTime)
        {
            activity.SetEndTime(activity.StartTimeUtc + operation.Duration);
        }

        if (operation.CallerFlow is { } flow)
        {
            // There, the span is not the current one any more. Here, to make it so would copy the flow once more.
            ExecutionContext.Restore(flow);
        }

        // Exporters may hang on the end of a span, and they may throw.
        faults.Run("span", activity, Stop);
    }

    /// <summary>Takes a span of ours from those who have heard of its start: what it was opened for did not happen.</summary>
    public static void Mute(AgentOperation operation)
    {
        if (operation is { Activity: { } span, IsForeignActivity: false })
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    private static bool IsInside(Activity? inner, Activity outer)
    {
        while (inner is not null && !ReferenceEquals(inner, outer))
        {
            inner = inner.Parent;
        }

        return inner is not null;
    }
}
