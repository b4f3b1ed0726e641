using System.Diagnostics;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content;

/// <summary>Makes spans that look like those of other libraries.</summary>
internal static class ForeignSpans
{
    public const string EventContent = "gen_ai.event.content";

    public static Activity With(params (string Key, object? Value)[] tags)
    {
        var span = new Activity("chat");
        foreach (var (key, value) in tags)
        {
            span.AddTag(key, value);
        }

        return span;
    }

    public static Activity WithEvents(params ActivityEvent[] events)
    {
        var span = new Activity("chat");
        foreach (var item in events)
        {
            span.AddEvent(item);
        }

        return span;
    }

    public static ActivityEvent Event(string name, params (string Key, object? Value)[] tags) =>
        new(name, tags: [.. tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);
}
