using System.Diagnostics;

namespace AiObs.TestSupport.Otlp;

/// <summary>A span as it arrived over the wire.</summary>
public sealed record ReceivedSpan
{
    /// <summary>Gets the trace id in hexadecimal.</summary>
    public required string TraceId { get; init; }

    /// <summary>Gets the span id in hexadecimal.</summary>
    public required string SpanId { get; init; }

    /// <summary>Gets the parent's span id in hexadecimal; null for a root.</summary>
    public required string? ParentId { get; init; }

    /// <summary>Gets the trace state, empty when there is none.</summary>
    public required string TraceState { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the kind.</summary>
    public required ActivityKind Kind { get; init; }

    /// <summary>Gets the start.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Gets the end.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Gets the status.</summary>
    public required ActivityStatusCode Status { get; init; }

    /// <summary>Gets the status message, empty when there is none.</summary>
    public required string StatusMessage { get; init; }

    /// <summary>Gets the attributes as string, bool, long, double, byte[] or arrays of these.</summary>
    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    /// <summary>Gets how many attributes the exporter left out.</summary>
    public required int DroppedAttributes { get; init; }

    /// <summary>Gets the events in order.</summary>
    public required IReadOnlyList<ReceivedEvent> Events { get; init; }

    /// <summary>Gets how many events the exporter left out.</summary>
    public required int DroppedEvents { get; init; }

    /// <summary>Gets the links in order.</summary>
    public required IReadOnlyList<ReceivedLink> Links { get; init; }

    /// <summary>Gets the scope and resource.</summary>
    public required ReceivedScope Scope { get; init; }
}
