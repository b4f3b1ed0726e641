using System.Diagnostics;
using AiObs.TestSupport.Otlp.Wire;

namespace AiObs.TestSupport.Otlp;

internal static class WireSpans
{
    public static IEnumerable<ReceivedSpan> Decode(byte[] body) =>
        from resource in WireTraces.Parser.ParseFrom(body).ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select Span(span, WireValues.Scope(scope.Scope, scope.SchemaUrl, resource.Resource));

    private static ReceivedSpan Span(WireSpan span, ReceivedScope scope) => new()
    {
        TraceId = WireValues.Id(span.TraceId) ?? throw new InvalidDataException($"The span '{span.Name}' has no trace id."),
        SpanId = WireValues.Id(span.SpanId) ?? throw new InvalidDataException($"The span '{span.Name}' has no id."),
        ParentId = WireValues.Id(span.ParentSpanId),
        TraceState = span.TraceState,
        Name = span.Name,
        Kind = Kind(span.Kind),
        Start = WireValues.Time(span.StartTimeUnixNano),
        End = WireValues.Time(span.EndTimeUnixNano),
        Status = Status(span.Status?.Code ?? 0),
        StatusMessage = span.Status?.Message ?? "",
        Attributes = WireValues.Attributes(span.Attributes),
        DroppedAttributes = (int)span.DroppedAttributesCount,
        Events = [.. span.Events.Select(Event)],
        DroppedEvents = (int)span.DroppedEventsCount,
        Links = [.. span.Links.Select(Link)],
        Scope = scope,
    };

    private static ReceivedEvent Event(WireEvent wire) =>
        new(wire.Name, WireValues.Time(wire.TimeUnixNano), WireValues.Attributes(wire.Attributes));

    private static ReceivedLink Link(WireLink link) =>
        new(WireValues.Id(link.TraceId) ?? "", WireValues.Id(link.SpanId) ?? "", WireValues.Attributes(link.Attributes));

    private static ActivityKind Kind(int kind) => kind switch
    {
        1 => ActivityKind.Internal,
        2 => ActivityKind.Server,
        3 => ActivityKind.Client,
        4 => ActivityKind.Producer,
        5 => ActivityKind.Consumer,
        _ => throw new InvalidDataException($"{kind} is no span kind."),
    };

    private static ActivityStatusCode Status(int code) => code switch
    {
        0 => ActivityStatusCode.Unset,
        1 => ActivityStatusCode.Ok,
        2 => ActivityStatusCode.Error,
        _ => throw new InvalidDataException($"{code} is no status code."),
    };
}
