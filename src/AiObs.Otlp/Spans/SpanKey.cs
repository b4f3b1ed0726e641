using System.Buffers.Binary;

namespace AiObs.Otlp.Spans;

/// <summary>Names a span among all.</summary>
internal readonly record struct SpanKey(UInt128 Trace, ulong Span)
{
    public static SpanKey Of(ReadOnlySpan<byte> trace, ReadOnlySpan<byte> span) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(trace), BinaryPrimitives.ReadUInt64BigEndian(span));
}
