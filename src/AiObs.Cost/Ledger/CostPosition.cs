using System.Buffers.Binary;
using System.Globalization;
using AiObs.Paging;

namespace AiObs.Cost.Ledger;

/// <summary>The place of a record in the order of listings. It never moves, which is what makes paging stable.</summary>
/// <param name="UtcTicks">When the call started.</param>
/// <param name="Id">The id of the record, which orders calls of the same tick.</param>
internal readonly record struct CostPosition(long UtcTicks, Guid Id) : IComparable<CostPosition>
{
    private const int IdLength = 16;
    private const int Length = sizeof(long) + IdLength;

    public static CostPosition Of(CostRecord record) => new(record.Time.UtcTicks, record.Id);

    /// <summary>Reads where a query goes on; <see langword="null"/> when it starts.</summary>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    public static CostPosition? After(CostQuery query)
    {
        if (query.Cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        CursorCodec.Decode(query.Cursor, Fingerprint(query), bytes);
        return new(BinaryPrimitives.ReadInt64BigEndian(bytes), new Guid(bytes[sizeof(long)..], bigEndian: true));
    }

    /// <summary>Writes the cursor with which the query goes on after this position.</summary>
    public string ToCursor(CostQuery query)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, UtcTicks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return CursorCodec.Encode(Fingerprint(query), bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(CostPosition other) => UtcTicks != other.UtcTicks ? UtcTicks.CompareTo(other.UtcTicks) : Id.CompareTo(other.Id);

    private static ulong Fingerprint(CostQuery query) => CursorCodec.Fingerprint(
        "costs",
        query.Order.ToString(),
        query.ConversationId,
        query.UserId,
        query.SessionId,
        query.Provider,
        query.Model,
        query.Tag,
        query.After?.UtcTicks.ToString(CultureInfo.InvariantCulture),
        query.Before?.UtcTicks.ToString(CultureInfo.InvariantCulture),
        query.TraceId,
        query.TraceIds is null ? null : string.Join(',', query.TraceIds.Order(StringComparer.Ordinal)));
}
