using System.Text.Json;
using AiObs.Otlp.Proto;

namespace AiObs.Otlp.Wire;

/// <summary>Reads the messages of a request in JSON. A list or an object in the wrong place makes the request malformed, a single value of the wrong type is as if it were not there.</summary>
internal static class JsonSpans
{
    private const string KindPrefix = "SPAN_KIND_";
    private const string CodePrefix = "STATUS_CODE_";

    private static readonly string[] Kinds = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];
    private static readonly string[] Codes = ["UNSET", "OK", "ERROR"];

    public static TraceRequest ReadRequest(JsonElement root)
    {
        var request = new TraceRequest();
        foreach (var item in JsonValues.Items(JsonValues.AsObject(root), "resourceSpans"u8))
        {
            request.ResourceSpans.Add(ReadResourceSpans(item));
        }

        return request;
    }

    private static ResourceSpans ReadResourceSpans(JsonElement element)
    {
        var spans = new ResourceSpans();
        if (JsonValues.Member(element, "resource"u8) is { } resource)
        {
            spans.Resource = new();
            spans.Resource.Attributes.AddRange(JsonAttributes.Read(JsonValues.AsObject(resource), "attributes"u8));
        }

        foreach (var item in JsonValues.Items(element, "scopeSpans"u8))
        {
            spans.ScopeSpans.Add(ReadScopeSpans(item));
        }

        return spans;
    }

    private static ScopeSpans ReadScopeSpans(JsonElement element)
    {
        var spans = new ScopeSpans();
        if (JsonValues.Member(element, "scope"u8) is { } scope)
        {
            spans.Scope = new() { Name = JsonValues.Text(JsonValues.AsObject(scope), "name"u8) };
        }

        foreach (var item in JsonValues.Items(element, "spans"u8))
        {
            spans.Spans.Add(ReadSpan(item));
        }

        return spans;
    }

    private static Span ReadSpan(JsonElement element)
    {
        var span = new Span
        {
            TraceId = JsonValues.Hex(element, "traceId"u8),
            SpanId = JsonValues.Hex(element, "spanId"u8),
            ParentSpanId = JsonValues.Hex(element, "parentSpanId"u8),
            Name = JsonValues.Text(element, "name"u8),
            Kind = JsonValues.Enumeration(element, "kind"u8, KindPrefix, Kinds),
            StartTimeUnixNano = JsonValues.Unsigned(element, "startTimeUnixNano"u8),
            EndTimeUnixNano = JsonValues.Unsigned(element, "endTimeUnixNano"u8),
            Flags = (uint)JsonValues.Unsigned(element, "flags"u8),
        };
        span.Attributes.AddRange(JsonAttributes.Read(element, "attributes"u8));
        foreach (var item in JsonValues.Items(element, "events"u8))
        {
            span.Events.Add(ReadEvent(item));
        }

        if (JsonValues.Member(element, "status"u8) is { } status)
        {
            JsonValues.AsObject(status);
            span.Status = new() { Message = JsonValues.Text(status, "message"u8), Code = JsonValues.Enumeration(status, "code"u8, CodePrefix, Codes) };
        }

        return span;
    }

    private static Event ReadEvent(JsonElement element)
    {
        var item = new Event { TimeUnixNano = JsonValues.Unsigned(element, "timeUnixNano"u8), Name = JsonValues.Text(element, "name"u8) };
        item.Attributes.AddRange(JsonAttributes.Read(element, "attributes"u8));
        return item;
    }
}
