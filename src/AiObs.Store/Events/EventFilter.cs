using System.Globalization;
using AiObs.Paging;

namespace AiObs.Store.Events;

/// <summary>The filters of a query in the form in which logs store what they are compared with.</summary>
internal sealed class EventFilter(EventQuery query)
{
    public string? ConversationId { get; } = StoredText.Id(query.ConversationId);

    public string? UserId { get; } = StoredText.Id(query.UserId);

    public string? SessionId { get; } = StoredText.Id(query.SessionId);

    public string? Type { get; } = StoredText.Id(query.Type);

    public string? TraceId { get; } = StoredText.Id(query.TraceId);

    /// <summary>Gets the earliest time, inclusive, in ticks of UTC.</summary>
    public long? AfterTicks { get; } = query.After?.UtcTicks;

    /// <summary>Gets the latest time, inclusive, in ticks of UTC.</summary>
    public long? BeforeTicks { get; } = query.Before?.UtcTicks;

    public bool Matches(EventFacts facts) =>
        Holds(ConversationId, facts.ConversationId)
        && Holds(UserId, facts.UserId)
        && Holds(SessionId, facts.SessionId)
        && Holds(Type, facts.Type)
        && Holds(TraceId, facts.TraceId)
        && (AfterTicks is null || facts.Ticks >= AfterTicks)
        && (BeforeTicks is null || facts.Ticks <= BeforeTicks);

    /// <summary>Names the listing that cursors belong to.</summary>
    public ulong Fingerprint(PageOrder order) => CursorCodec.Fingerprint(
        "events",
        order.ToString(),
        ConversationId,
        UserId,
        SessionId,
        Type,
        TraceId,
        AfterTicks?.ToString(CultureInfo.InvariantCulture),
        BeforeTicks?.ToString(CultureInfo.InvariantCulture));

    private static bool Holds(string? wanted, string? actual) => wanted is null || wanted == actual;
}
