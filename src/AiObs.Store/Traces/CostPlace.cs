using System.Buffers.Binary;
using AiObs.Paging;

namespace AiObs.Store.Traces;

/// <summary>The place of a trace in a listing of the dearest first.</summary>
/// <param name="Total">What it cost.</param>
/// <param name="TraceId">The trace.</param>
internal readonly record struct CostPlace(decimal Total, string TraceId) : IComparable<CostPlace>
{
    private const int TotalLength = 4 * sizeof(int);
    private const int Length = TotalLength + (SpanIntake.TraceIdLength / 2);

    /// <summary>Reads where a listing goes on; <see langword="null"/> when it starts.</summary>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another listing.</exception>
    public static CostPlace? After(string? cursor, ulong fingerprint)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        CursorCodec.Decode(cursor, fingerprint, bytes);
        Span<int> bits = stackalloc int[4];
        for (var i = 0; i < bits.Length; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32BigEndian(bytes[(i * sizeof(int))..]);
        }

        return new(new decimal(bits), Convert.ToHexStringLower(bytes[TotalLength..]));
    }

    /// <summary>Writes the cursor with which a listing goes on after this place.</summary>
    public string ToCursor(ulong fingerprint)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(Total, bits);
        for (var i = 0; i < bits.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes[(i * sizeof(int))..], bits[i]);
        }

        Convert.FromHexString(TraceId, bytes[TotalLength..], out _, out _);
        return CursorCodec.Encode(fingerprint, bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(CostPlace other) => Total != other.Total ? other.Total.CompareTo(Total) : string.CompareOrdinal(other.TraceId, TraceId);
}
