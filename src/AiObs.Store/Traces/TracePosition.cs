using System.Buffers.Binary;
using AiObs.Paging;

namespace AiObs.Store.Traces;

/// <summary>The place of a trace, or of the latest trace of a conversation, in a listing: the greatest first.</summary>
/// <param name="Key">What the order sorts by: ticks of the start, of the duration, or tokens.</param>
/// <param name="TraceId">The trace.</param>
internal readonly record struct TracePosition(long Key, string TraceId) : IComparable<TracePosition>
{
    private const int Length = sizeof(long) + (SpanIntake.TraceIdLength / 2);

    public static TracePosition Of(TraceSummary trace, TraceOrder order) => new(
        order switch
        {
            TraceOrder.Newest => trace.Time.UtcTicks,
            TraceOrder.Slowest => trace.Duration.Ticks,
            TraceOrder.MostTokens => (trace.InputTokens ?? 0) + (trace.OutputTokens ?? 0),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "There is no such order."),
        },
        trace.TraceId);

    /// <summary>Reads where a listing goes on; <see langword="null"/> when it starts.</summary>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another listing.</exception>
    public static TracePosition? After(string? cursor, ulong fingerprint)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        CursorCodec.Decode(cursor, fingerprint, bytes);
        return new(BinaryPrimitives.ReadInt64BigEndian(bytes), Convert.ToHexStringLower(bytes[sizeof(long)..]));
    }

    /// <summary>Writes the cursor with which a listing goes on after this position.</summary>
    public string ToCursor(ulong fingerprint)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Key);
        Convert.FromHexString(TraceId, bytes[sizeof(long)..], out _, out _);
        return CursorCodec.Encode(fingerprint, bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(TracePosition other) =>
        Key != other.Key ? other.Key.CompareTo(Key) : string.CompareOrdinal(other.TraceId, TraceId);
}
