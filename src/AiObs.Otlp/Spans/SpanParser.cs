using System.Diagnostics;
using AiObs.Otlp.Proto;
using Google.Protobuf;

namespace AiObs.Otlp.Spans;

/// <summary>Makes received spans of the messages on the wire.</summary>
internal static class SpanParser
{
    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;
    private const int NanosecondsPerTick = 100;

    /// <summary>Whether the sender says where the parent is, and whether it is in another process.</summary>
    private const uint RemoteFlags = 0x300;

    /// <summary>Reads a span; <see langword="null"/> when it is none.</summary>
    /// <param name="span">The message.</param>
    /// <param name="scope">Who wrote it.</param>
    /// <param name="resource">What the sending process says of itself.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static ReceivedSpan? Read(Proto.Span span, string scope, IReadOnlyDictionary<string, object?> resource, out string? problem)
    {
        problem = ProblemOf(span);
        if (problem is not null)
        {
            return null;
        }

        var start = TimeOf(span.StartTimeUnixNano);
        var end = TimeOf(span.EndTimeUnixNano);
        return new()
        {
            Key = SpanKey.Of(span.TraceId.Span, span.SpanId.Span),
            Parent = span.ParentSpanId.IsEmpty ? null : SpanKey.Of(span.TraceId.Span, span.ParentSpanId.Span),
            HasRemoteParent = (span.Flags & RemoteFlags) == RemoteFlags,
            TraceId = ActivityTraceId.CreateFromBytes(span.TraceId.Span),
            SpanId = ActivitySpanId.CreateFromBytes(span.SpanId.Span),
            ParentSpanId = span.ParentSpanId.IsEmpty ? default : ActivitySpanId.CreateFromBytes(span.ParentSpanId.Span),
            Scope = SpanLimits.Cut(scope, SpanLimits.NameLength),
            Name = SpanLimits.Cut(span.Name, SpanLimits.NameLength),
            Kind = KindOf(span.Kind),
            Start = start,
            End = end < start ? start : end,
            Status = span.Status?.Code switch { 1 => ActivityStatusCode.Ok, 2 => ActivityStatusCode.Error, _ => ActivityStatusCode.Unset },
            StatusDescription = span.Status?.Message,
            Attributes = ReadAttributes(span.Attributes, resource),
            HasTooManyEvents = span.Events.Count > SpanLimits.Events,
            Events = [.. span.Events.Take(SpanLimits.Events).Select(item => new ReceivedEvent(
                SpanLimits.Cut(item.Name, SpanLimits.NameLength),
                new(item.TimeUnixNano == 0 ? start : TimeOf(item.TimeUnixNano)),
                ReadAttributes(item.Attributes, AttributeMap.None)))],
        };
    }

    /// <summary>Says what keeps a span from being one.</summary>
    private static string? ProblemOf(Proto.Span span)
    {
        if (!IsId(span.TraceId, TraceIdLength))
        {
            return "a trace id is not 16 bytes that are not all zero";
        }

        if (!IsId(span.SpanId, SpanIdLength))
        {
            return "a span id is not 8 bytes that are not all zero";
        }

        if (!span.ParentSpanId.IsEmpty && !IsId(span.ParentSpanId, SpanIdLength))
        {
            return "a parent span id is not 8 bytes that are not all zero";
        }

        return span.StartTimeUnixNano == 0 ? "a span has no start time" : null;
    }

    private static bool IsId(ByteString id, int length) => id.Length == length && id.Span.ContainsAnyExcept((byte)0);

    private static ActivityKind KindOf(int kind) => kind switch
    {
        2 => ActivityKind.Server,
        3 => ActivityKind.Client,
        4 => ActivityKind.Producer,
        5 => ActivityKind.Consumer,
        _ => ActivityKind.Internal,
    };

    /// <summary>No 64-bit count of nanoseconds since 1970 is beyond what a date can be.</summary>
    private static DateTime TimeOf(ulong nanoseconds) => DateTime.UnixEpoch.AddTicks((long)(nanoseconds / NanosecondsPerTick));

    private static Dictionary<string, object?> ReadAttributes(IEnumerable<KeyValue> attributes, IReadOnlyDictionary<string, object?> resource)
    {
        var read = AttributeMap.Read(attributes);
        foreach (var (key, value) in resource)
        {
            read.TryAdd(key, value);
        }

        return read;
    }
}
