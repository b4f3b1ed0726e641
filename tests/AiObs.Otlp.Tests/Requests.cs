using System.Buffers.Binary;
using AiObs.Otlp.Proto;
using Google.Protobuf;

namespace AiObs.Otlp.Tests;

/// <summary>Makes requests as exporters send them.</summary>
internal static class Requests
{
    public const string Scope = "opentelemetry.instrumentation.openai";

    public static readonly DateTimeOffset Start = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static TraceRequest Of(params IEnumerable<Span> spans) => new()
    {
        ResourceSpans =
        {
            new ResourceSpans
            {
                Resource = new() { Attributes = { Attribute("service.name", "agent-py"), Attribute("telemetry.sdk.language", "python") } },
                ScopeSpans = { new ScopeSpans { Scope = new() { Name = Scope }, Spans = { spans } } },
            },
        },
    };

    /// <summary>Makes a span that starts as many seconds after <see cref="Start"/> as its number says, and takes half of one.</summary>
    public static Span Span(int number, string name, params (string Key, object Value)[] attributes) => new()
    {
        TraceId = TraceId(1),
        SpanId = SpanId(number),
        Name = name,
        Kind = 3,
        StartTimeUnixNano = Nanoseconds(Start.AddSeconds(number)),
        EndTimeUnixNano = Nanoseconds(Start.AddSeconds(number + 0.5)),
        Attributes = { attributes.Select(static attribute => Attribute(attribute.Key, attribute.Value)) },
    };

    /// <summary>Puts a span inside of the one with a number, which it ends within.</summary>
    public static Span In(this Span span, int parent)
    {
        span.ParentSpanId = SpanId(parent);
        return span;
    }

    public static Span Fails(this Span span, string message)
    {
        span.Status = new() { Code = 2, Message = message };
        return span;
    }

    public static Span Has(this Span span, string name, params (string Key, object Value)[] attributes)
    {
        span.Events.Add(new Event
        {
            Name = name,
            TimeUnixNano = span.EndTimeUnixNano,
            Attributes = { attributes.Select(static attribute => Attribute(attribute.Key, attribute.Value)) },
        });
        return span;
    }

    public static ByteString TraceId(int number)
    {
        var id = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(12), number);
        return ByteString.CopyFrom(id);
    }

    public static ByteString SpanId(int number)
    {
        var id = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(4), number);
        return ByteString.CopyFrom(id);
    }

    public static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    public static ulong Nanoseconds(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100;

    public static KeyValue Attribute(string key, object value) => new() { Key = key, Value = Value(value) };

    public static AnyValue Value(object value) => value switch
    {
        string text => new() { StringValue = text },
        bool flag => new() { BoolValue = flag },
        int whole => new() { IntValue = whole },
        long whole => new() { IntValue = whole },
        double real => new() { DoubleValue = real },
        byte[] bytes => new() { BytesValue = ByteString.CopyFrom(bytes) },
        Dictionary<string, object> members => new()
        {
            KvlistValue = new() { Values = { members.Select(static member => Attribute(member.Key, member.Value)) } },
        },
        System.Collections.IEnumerable items => new() { ArrayValue = new() { Values = { items.Cast<object>().Select(Value) } } },
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
