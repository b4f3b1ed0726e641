using AiObs.Operations;

namespace AiObs.Store;

/// <summary>Which traces, in which order, and how many at once. Filters that are <see langword="null"/> let everything through; the others must all hold.</summary>
/// <remarks>
/// What a trace is found by need not stand on one span of it: a trace with a model and a failed tool is found by both. Traces know no money; what one cost is the
/// cost store's to say, and <see cref="PricedTraces"/> lists them by that.
/// </remarks>
public sealed record TraceQuery
{
    /// <summary>The number of traces on a page unless <see cref="PageSize"/> says otherwise: 50.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>The largest <see cref="PageSize"/>, and the most <see cref="TraceIds"/>: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>Gets the query that lets everything through.</summary>
    public static TraceQuery All { get; } = new();

    /// <summary>Gets the traces to choose from, such as those that cost most.</summary>
    /// <value>The default is <see langword="null"/>: all. At most 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">There are more.</exception>
    public IReadOnlyList<string>? TraceIds
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value?.Count ?? 0, MaxPageSize, nameof(TraceIds));
            field = value;
        }
    }

    /// <summary>Gets the conversation of one of its spans.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the user of one of its spans.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session of one of its spans.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the model of one of its spans.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the provider of one of its spans.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the agent of one of its spans.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the tool of one of its spans.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets a tag of one of its spans.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets what failed in one of its spans.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets the source of one of its spans.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Gets a text in the name of one of its spans or in the JSON of its attributes. Upper and lower case of A to Z are the same; content is not searched.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Gets the kind of the span at the top.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>Gets how the trace stands.</summary>
    public TraceStatus? Status { get; init; }

    /// <summary>Gets the shortest duration, inclusive.</summary>
    public TimeSpan? MinDuration { get; init; }

    /// <summary>Gets the earliest start, inclusive.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Gets the latest start, inclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Gets which traces come first. Where two are alike in that, the one with the greater id does.</summary>
    /// <value>The default is <see cref="TraceOrder.Newest"/>.</value>
    public TraceOrder Order { get; init; }

    /// <summary>Gets how many traces a page has at most. It may change from page to page.</summary>
    /// <value>The default is 50. Must lie between 1 and 1,000.</value>
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

    /// <summary>Gets where to go on: the <see cref="TracePage.NextCursor"/> of a page of the same query.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? Cursor { get; init; }
}
