using System.Buffers.Binary;
using AiObs.Paging;

namespace AiObs.Store.Events;

/// <summary>One request for a page: what to read, and how the page is made of what was read. Positions never move, which is what makes paging stable.</summary>
internal sealed class EventListing
{
    private readonly ulong _fingerprint;

    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    public EventListing(EventQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Filter = new EventFilter(query);
        NewestFirst = query.Order == PageOrder.NewestFirst;
        PageSize = query.PageSize;
        _fingerprint = Filter.Fingerprint(query.Order);
        Start = StartOf(query.Cursor);
    }

    public EventFilter Filter { get; }

    public bool NewestFirst { get; }

    public int PageSize { get; }

    /// <summary>Gets the position after which the page starts, or before which it does where the newest come first; itself not on the page.</summary>
    public long Start { get; }

    /// <summary>Gets how many rows to read: one more than the page has tells whether there is a next one, so that no listing ends with an empty page.</summary>
    public int RowLimit => PageSize + 1;

    /// <summary>Makes the page of up to <see cref="RowLimit"/> rows.</summary>
    /// <exception cref="InvalidOperationException">A position is none that a log gives: the next page would be this one again.</exception>
    public EventPage ToPage(IReadOnlyList<StoredEvent> rows)
    {
        var events = new LoggedEvent[Math.Min(rows.Count, PageSize)];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = EventIntake.Read(rows[i]);
        }

        if (rows.Count <= PageSize)
        {
            return new EventPage(events, null);
        }

        var last = events[^1].Position;
        return (NewestFirst ? last < Start : last > Start)
            ? new EventPage(events, CursorAt(last))
            : throw new InvalidOperationException($"Position {last} does not lie beyond {Start}, after which it was found.");
    }

    private string CursorAt(long position)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position);
        return CursorCodec.Encode(_fingerprint, bytes);
    }

    private long StartOf(string? cursor)
    {
        if (cursor is null)
        {
            return NewestFirst ? long.MaxValue : long.MinValue;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        CursorCodec.Decode(cursor, _fingerprint, bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
