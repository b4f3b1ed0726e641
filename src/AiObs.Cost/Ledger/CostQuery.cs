namespace AiObs.Cost;

/// <summary>Which cost records are wanted. Filters that are <see langword="null"/> let everything through; the others must all hold.</summary>
public sealed record CostQuery
{
    /// <summary>The number of records on a page unless <see cref="PageSize"/> says otherwise: 100.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The largest <see cref="PageSize"/>, and the most <see cref="TraceIds"/>: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    private readonly HashSet<string>? _traceIds;

    /// <summary>Gets the query that lets everything through.</summary>
    public static CostQuery All { get; } = new();

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the end user, as it is recorded: the keyed hash, where privacy options put one in the place of the name.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets who served the call.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the model that answered, else the one that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the trace that the call's span belongs to, as 32 hex digits.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the traces to choose from, such as those of a page.</summary>
    /// <value>The default is <see langword="null"/>: all. At most 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">There are more.</exception>
    public IReadOnlyList<string>? TraceIds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value?.Count ?? 0, MaxPageSize, nameof(TraceIds));
            field = value;
            _traceIds = value is null ? null : new(value, StringComparer.Ordinal);
        }
    }

    /// <summary>Gets a tag that the record has, among others or alone.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets the earliest time at which the call may have started, that time included.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Gets the latest time at which the call may have started, that time included.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Gets which end comes first.</summary>
    /// <value>The default is <see cref="PageOrder.OldestFirst"/>.</value>
    public PageOrder Order { get; init; } = PageOrder.OldestFirst;

    /// <summary>Gets how many records a page has at most. It may change from page to page.</summary>
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

    /// <summary>Gets where to go on: the <see cref="CostPage.NextCursor"/> of a page of the same query.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? Cursor { get; init; }

    /// <summary>Tells whether a record passes all filters.</summary>
    internal bool Matches(CostRecord record) =>
        Holds(ConversationId, record.ConversationId)
        && Holds(UserId, record.UserId)
        && Holds(SessionId, record.SessionId)
        && Holds(Provider, record.Provider)
        && Holds(Model, record.Model)
        && Holds(TraceId, record.TraceId)
        && (_traceIds is null || (record.TraceId is { } trace && _traceIds.Contains(trace)))
        && (Tag is null || record.Tags.Contains(Tag, StringComparer.Ordinal))
        && (After is null || record.Time >= After)
        && (Before is null || record.Time <= Before);

    private static bool Holds(string? wanted, string? actual) => wanted is null || wanted == actual;
}
