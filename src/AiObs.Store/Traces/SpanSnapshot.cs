using System.Buffers;
using System.Diagnostics;
using AiObs.Privacy;

namespace AiObs.Store.Traces;

/// <summary>What a span has at one moment, copied on the thread of the call. Everything that takes longer is done where it is written.</summary>
internal sealed class SpanSnapshot
{
    private const int TagSize = 64;
    private const int SpanSize = 512;
    private const int UsualTags = 64;

    /// <summary>Copies a span, on its thread.</summary>
    /// <param name="span">The span.</param>
    /// <param name="source">The instrumentation that wrote it.</param>
    /// <param name="place">Where it stands.</param>
    public SpanSnapshot(Activity span, string source, SpanPlace place)
        : this(span, source, place, span.DisplayName, TagsOf(span))
    {
        Duration = span.Duration;
        Status = span.Status;
        StatusDescription = span.GetCustomProperty(Pipeline.SpanOutcome.StatusProperty) as string ?? span.StatusDescription;
        Events = EventsOf(span);
        Size = SpanSize;
        foreach (var tag in Tags)
        {
            Size += SizeOf(tag);
        }

        foreach (var happened in Events)
        {
            foreach (var tag in happened.EnumerateTagObjects())
            {
                Size += SizeOf(tag);
            }
        }
    }

    /// <summary>Makes a copy of a span that still runs, which may be on another thread: what it is told to have is what was copied when it started.</summary>
    public SpanSnapshot(Activity span, SpanPlace place, string name, KeyValuePair<string, object?>[] tags)
        : this(span, span.Source.Name, place, name, tags)
    {
    }

    private SpanSnapshot(Activity span, string source, SpanPlace place, string name, KeyValuePair<string, object?>[] tags)
    {
        TraceId = span.TraceId.ToHexString();
        SpanId = span.SpanId.ToHexString();
        ParentSpanId = span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString();
        IsTop = place.IsTop;
        Agent = place.Agent;
        Time = new DateTimeOffset(span.StartTimeUtc);
        Source = source;
        Name = name;
        Tags = tags;
    }

    public string TraceId { get; }

    public string SpanId { get; }

    public string? ParentSpanId { get; }

    /// <summary>Gets a value indicating whether no span above it is kept.</summary>
    public bool IsTop { get; }

    /// <summary>Gets the agent in whose run it happened, unless its tags name one.</summary>
    public string? Agent { get; }

    public DateTimeOffset Time { get; }

    public TimeSpan Duration { get; }

    public string Source { get; }

    public string Name { get; }

    public ActivityStatusCode Status { get; }

    public string? StatusDescription { get; }

    public KeyValuePair<string, object?>[] Tags { get; }

    public ActivityEvent[] Events { get; } = [];

    /// <summary>Gets about how many bytes of memory it takes.</summary>
    public long Size { get; }

    /// <summary>Copies the tags of a span: the copy is all that it takes.</summary>
    public static KeyValuePair<string, object?>[] TagsOf(Activity span)
    {
        var (tags, count) = (ArrayPool<KeyValuePair<string, object?>>.Shared.Rent(UsualTags), 0);
        foreach (ref readonly var tag in span.EnumerateTagObjects())
        {
            if (count == tags.Length)
            {
                var larger = ArrayPool<KeyValuePair<string, object?>>.Shared.Rent(2 * count);
                tags.CopyTo(larger, 0);
                Return(tags);
                tags = larger;
            }

            tags[count++] = tag;
        }

        var copy = tags[..count];
        Return(tags);
        return copy;
    }

    /// <summary>Gives an array back, which must keep nothing of what was said alive.</summary>
    private static void Return(KeyValuePair<string, object?>[] tags) => ArrayPool<KeyValuePair<string, object?>>.Shared.Return(tags, clearArray: true);

    /// <summary>Copies the events of a span, with what may be shown in the place of what was masked.</summary>
    private static ActivityEvent[] EventsOf(Activity span)
    {
        List<ActivityEvent>? events = null;
        foreach (ref readonly var happened in span.EnumerateEvents())
        {
            (events ??= []).Add(happened);
        }

        if (events is not null && MaskedEvents.Of(span) is { } masked)
        {
            return [.. events.Select(masked.Apply)];
        }

        return events is null ? [] : [.. events];
    }

    private static long SizeOf(KeyValuePair<string, object?> tag) =>
        TagSize + (tag.Value switch
        {
            string text => sizeof(char) * (long)text.Length,
            string[] texts => texts.Sum(static text => sizeof(char) * (long)(text?.Length ?? 0)),
            _ => 0,
        });
}
