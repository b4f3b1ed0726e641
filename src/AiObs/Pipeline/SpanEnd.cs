using System.Diagnostics;

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

    private static bool IsInside(Activity? inner, Activity outer)
    {
        while (inner is not null && !ReferenceEquals(inner, outer))
        {
            inner = inner.Parent;
        }

        return inner is not null;
    }
}
