using System.Buffers.Binary;
using AiObs.Paging;

namespace AiObs.Store.Traces;

/// <summary>The place of a span in the order of listings. It never moves, which is what makes paging stable.</summary>
/// <param name="UtcTicks">When it started.</param>
/// <param name="TraceId">The trace, which orders spans of the same tick.</param>
/// <param name="SpanId">The span, which orders those of the same trace.</param>
internal readonly record struct SpanPosition(long UtcTicks, string TraceId, string SpanId) : IComparable<SpanPosition>
{
    private const int TraceStart = sizeof(long);
    private const int SpanStart = TraceStart + (SpanIntake.TraceIdLength / 2);
    private const int Length = SpanStart + (SpanIntake.SpanIdLength / 2);

    public static SpanPosition Of(SpanRecord span) => new(span.Time.UtcTicks, span.TraceId, span.SpanId);

    /// <summary>Reads where a query goes on; <see langword="null"/> when it starts.</summary>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    public static SpanPosition? After(SpanQuery query)
    {
        if (query.Cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        CursorCodec.Decode(query.Cursor, Fingerprint(query), bytes);
        return new(
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            Convert.ToHexStringLower(bytes[TraceStart..SpanStart]),
            Convert.ToHexStringLower(bytes[SpanStart..]));
    }

    /// <summary>Writes the cursor with which the query goes on after this position.</summary>
    public string ToCursor(SpanQuery query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, UtcTicks);
        Convert.FromHexString(TraceId, bytes[TraceStart..SpanStart], out _, out _);
        Convert.FromHexString(SpanId, bytes[SpanStart..], out _, out _);
        return CursorCodec.Encode(Fingerprint(query), bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(SpanPosition other) =>
        UtcTicks != other.UtcTicks ? UtcTicks.CompareTo(other.UtcTicks)
        : TraceId != other.TraceId ? string.CompareOrdinal(TraceId, other.TraceId)
        : string.CompareOrdinal(SpanId, other.SpanId);

    private static ulong Fingerprint(SpanQuery query) => CursorCodec.Fingerprint(
        "spans", query.Order.ToString(), query.TraceId, query.SpanId, query.ConversationId, query.Kind?.ToString());
}
