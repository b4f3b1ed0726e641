namespace AiObs.Store;

/// <summary>Which events, in which order, and how many at once. Filters that are <see langword="null"/> let everything through; the others must all hold.</summary>
public sealed record EventQuery
{
    /// <summary>The number of events on a page unless <see cref="PageSize"/> says otherwise: 100.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The largest <see cref="PageSize"/>: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>Gets the query that lets everything through.</summary>
    public static EventQuery All { get; } = new();

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the user, as the log has it: the keyed hash, where privacy options put one in the place of the name.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the type.</summary>
    public string? Type { get; init; }

    /// <summary>Gets the trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the earliest time, inclusive.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Gets the latest time, inclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Gets which end of the order of commits comes first.</summary>
    /// <value>The default is <see cref="PageOrder.OldestFirst"/>.</value>
    public PageOrder Order { get; init; } = PageOrder.OldestFirst;

    /// <summary>Gets how many events a page has at most. It may change from page to page.</summary>
    /// <value>The default is 100. Must lie between 1 and 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside of that range.</exception>
    public int PageSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(PageSize));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, MaxPageSize, nameof(PageSize));
            field = value;
        }
    } = DefaultPageSize;

    /// <summary>Gets where to go on: the <see cref="EventPage.NextCursor"/> of a page of the same query.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? Cursor { get; init; }
}
