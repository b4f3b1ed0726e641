using System.Buffers.Binary;
using System.Globalization;
using AiObs.Paging;

namespace AiObs.Store.Conversations;

/// <summary>The place of a conversation in a listing: the greatest first.</summary>
/// <param name="Ticks">When it was created.</param>
/// <param name="Row">How many were stored before it, for those of the same time.</param>
internal readonly record struct ConversationPosition(long Ticks, long Row) : IComparable<ConversationPosition>
{
    private const int Length = 2 * sizeof(long);

    /// <summary>Names the listing of a query.</summary>
    public static ulong FingerprintOf(ConversationQuery query) => CursorCodec.Fingerprint(
    [
        "conversations",
        query.Tenant,
        query.UserId,
        TicksOf(query.After),
        TicksOf(query.Before),
        TicksOf(query.ExpiresBefore),
        query.IncludeHidden ? "hidden" : null,
        .. query.Tags.Order(StringComparer.Ordinal),
    ]);

    /// <summary>Reads where a listing goes on; <see langword="null"/> when it starts.</summary>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another listing.</exception>
    public static ConversationPosition? After(string? cursor, ulong fingerprint)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[Length];
        CursorCodec.Decode(cursor, fingerprint, bytes);
        return new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
    }

    /// <summary>Writes the cursor with which a listing goes on after this position.</summary>
    public string ToCursor(ulong fingerprint)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], Row);
        return CursorCodec.Encode(fingerprint, bytes);
    }

    /// <inheritdoc/>
    public int CompareTo(ConversationPosition other) => Ticks != other.Ticks ? other.Ticks.CompareTo(Ticks) : other.Row.CompareTo(Row);

    private static string? TicksOf(DateTimeOffset? time) => time?.UtcTicks.ToString(CultureInfo.InvariantCulture);
}
