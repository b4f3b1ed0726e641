using System.Diagnostics;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Tests;

/// <summary>The events of spans as exporters of ours send them.</summary>
internal static class ShownEvents
{
    public static IReadOnlyList<ActivityEvent> Of(Activity span)
    {
        var masked = MaskedEvents.Of(span);
        return [.. span.Events.Select((item, index) => new ActivityEvent(item.Name, item.Timestamp, [.. item.Tags.Select(tag =>
            masked is not null && masked.TryFind(index, tag.Key, out var value) ? KeyValuePair.Create(tag.Key, value) : tag)]))];
    }

    /// <summary>Copies a span with its events as they are sent.</summary>
    public static Activity CopyOf(Activity span)
    {
        var copy = new Activity(span.OperationName) { DisplayName = span.DisplayName };
        foreach (var tag in span.TagObjects)
        {
            copy.AddTag(tag.Key, tag.Value);
        }

        foreach (var item in Of(span))
        {
            copy.AddEvent(item);
        }

        return copy.SetStatus(span.Status, span.StatusDescription);
    }
}
