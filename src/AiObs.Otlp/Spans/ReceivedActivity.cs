using System.Diagnostics;
using System.Runtime.CompilerServices;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;

namespace AiObs.Otlp.Spans;

/// <summary>Makes an activity of a received span, as readers, masks, conventions and what an application adds to spans work on activities alone.</summary>
/// <remarks>It is of no source that anybody listens to and is never started, so that no exporter hears of it, and it becomes nobody's current one.</remarks>
internal static class ReceivedActivity
{
    public static Activity Create(ReceivedSpan span)
    {
        var activity = new Activity(span.Name).SetIdFormat(ActivityIdFormat.W3C);
        if (span.ParentSpanId != default)
        {
            activity.SetParentId(span.TraceId, span.ParentSpanId);
        }

        // An activity that starts gets ids of its own; this one has had some elsewhere.
        TraceIdOf(activity) = span.TraceId.ToHexString();
        SpanIdOf(activity) = span.SpanId.ToHexString();
        SetKind(activity, span.Kind);
        activity.SetStartTime(span.Start).SetEndTime(span.End).SetStatus(span.Status, span.StatusDescription);
        activity.SetCustomProperty(TagMasker.ReceivedProperty, span);
        foreach (var (key, value) in span.Attributes)
        {
            activity.AddTag(key, value);
        }

        foreach (var item in span.Events)
        {
            activity.AddEvent(new(item.Name, item.Time, [.. item.Attributes]));
        }

        return activity;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_traceId")]
    private static extern ref string? TraceIdOf(Activity activity);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity activity);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Kind")]
    private static extern void SetKind(Activity activity, ActivityKind kind);
}
