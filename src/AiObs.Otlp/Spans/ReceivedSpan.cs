using System.Diagnostics;

namespace AiObs.Otlp.Spans;

/// <summary>A span as another process sent it, whoever wrote it there.</summary>
internal sealed class ReceivedSpan
{
    public required SpanKey Key { get; init; }

    /// <summary>Gets the span around it; <see langword="null"/> at the top.</summary>
    public SpanKey? Parent { get; init; }

    /// <summary>Gets a value indicating whether the span around it is another process's.</summary>
    public bool HasRemoteParent { get; init; }

    public required ActivityTraceId TraceId { get; init; }

    public required ActivitySpanId SpanId { get; init; }

    public ActivitySpanId ParentSpanId { get; init; }

    /// <summary>Gets the name of the instrumentation that wrote it.</summary>
    public required string Scope { get; init; }

    public required string Name { get; init; }

    public required ActivityKind Kind { get; init; }

    public required DateTime Start { get; init; }

    public required DateTime End { get; init; }

    public ActivityStatusCode Status { get; init; }

    public string? StatusDescription { get; init; }

    /// <summary>Gets the attributes, in the order in which they came.</summary>
    public required Dictionary<string, object?> Attributes { get; init; }

    public required IReadOnlyList<ReceivedEvent> Events { get; init; }

    /// <summary>Gets a value indicating whether there were more events.</summary>
    public bool HasTooManyEvents { get; init; }
}
