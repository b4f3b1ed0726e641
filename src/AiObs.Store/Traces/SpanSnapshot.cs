using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Privacy;

namespace AiObs.Store.Traces;

/// <summary>What a span has at one moment, copied on the thread of the call. Everything that takes longer is done where it is written.</summary>
internal sealed class SpanSnapshot
{
    private const int TagSize = 64;
    private const int SpanSize = 512;

    private SpanSnapshot(Activity span, string source, bool isTop, string? agent)
    {
        TraceId = span.TraceId.ToHexString();
        SpanId = span.SpanId.ToHexString();
        ParentSpanId = span.ParentSpanId == default ? null : span.ParentSpanId.ToHexString();
        IsTop = isTop;
        Agent = agent;
        Time = new DateTimeOffset(span.StartTimeUtc);
        Duration = span.Duration;
        Source = source;
        Name = span.DisplayName;
        Status = span.Status;
        StatusDescription = span.GetCustomProperty(Pipeline.SpanOutcome.StatusProperty) as string ?? span.StatusDescription;
        Tags = [.. span.TagObjects];
        Events = ShownEvents(span);
        Size = SpanSize + Tags.Sum(SizeOf) + Events.Sum(static happened => happened.Tags.Sum(SizeOf));
    }

    public string TraceId { get; }

    public string SpanId { get; }

    public string? ParentSpanId { get; }

    /// <summary>Gets a value indicating whether no span above it is kept.</summary>
    public bool IsTop { get; }

    /// <summary>Gets the agent in whose run it happened.</summary>
    public string? Agent { get; }

    public DateTimeOffset Time { get; }

    public TimeSpan Duration { get; }

    public string Source { get; }

    public string Name { get; }

    public ActivityStatusCode Status { get; }

    public string? StatusDescription { get; }

    public IReadOnlyList<KeyValuePair<string, object?>> Tags { get; }

    public IReadOnlyList<ActivityEvent> Events { get; }

    /// <summary>Gets about how many bytes of memory it takes.</summary>
    public long Size { get; }

    /// <summary>Copies a span.</summary>
    /// <param name="span">The span, on whose thread this runs.</param>
    /// <param name="isKept">Tells whether a span above it is kept.</param>
    public static SpanSnapshot Of(Activity span, Func<Activity, bool> isKept)
    {
        var (isTop, agent) = (true, NameOfAgent(span));
        for (var above = span.Parent; above is not null; above = above.Parent)
        {
            isTop = isTop && !isKept(above);
            agent ??= NameOfAgent(above);
        }

        return new(span, span.Source.Name, isTop, agent);
    }

    /// <summary>Copies a span of another process, whose parents are not here to be looked at.</summary>
    /// <param name="span">The span.</param>
    /// <param name="source">The instrumentation that wrote it.</param>
    /// <param name="isTop">Whether no span above it is kept.</param>
    /// <param name="agent">The agent in whose run it happened, where it does not say so itself.</param>
    public static SpanSnapshot Of(Activity span, string source, bool isTop, string? agent) => new(span, source, isTop, NameOfAgent(span) ?? agent);

    /// <summary>Returns the events of a span, with what may be shown in the place of what was masked.</summary>
    private static IReadOnlyList<ActivityEvent> ShownEvents(Activity span) =>
        MaskedEvents.Of(span) is { } masked ? [.. span.Events.Select(masked.Apply)] : [.. span.Events];

    private static string? NameOfAgent(Activity span) => span.GetTagItem(GenAiAttributes.AgentName) as string;

    private static long SizeOf(KeyValuePair<string, object?> tag) =>
        TagSize + (tag.Value switch
        {
            string text => sizeof(char) * (long)text.Length,
            string[] texts => texts.Sum(static text => sizeof(char) * (long)(text?.Length ?? 0)),
            _ => 0,
        });
}
