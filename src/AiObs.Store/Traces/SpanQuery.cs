using AiObs.Operations;

namespace AiObs.Store;

/// <summary>Which spans, in which order, and how many at once. Filters that are <see langword="null"/> let everything through; the others must all hold.</summary>
public sealed record SpanQuery
{
    /// <summary>The number of spans on a page unless <see cref="PageSize"/> says otherwise: 100.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The largest <see cref="PageSize"/>: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>Gets the query that lets everything through.</summary>
    public static SpanQuery All { get; } = new();

    /// <summary>Gets the trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the span.</summary>
    public string? SpanId { get; init; }

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the kind.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>Gets how much of the spans is wanted.</summary>
    /// <value>The default is <see cref="SpanDetail.Attributes"/>.</value>
    public SpanDetail Detail { get; init; } = SpanDetail.Attributes;

    /// <summary>Gets which spans come first: by their start, then by trace, then by span.</summary>
    /// <value>The default is <see cref="PageOrder.OldestFirst"/>.</value>
    public PageOrder Order { get; init; } = PageOrder.OldestFirst;

    /// <summary>Gets how many spans a page has at most. It may change from page to page.</summary>
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

    /// <summary>Gets where to go on: the <see cref="SpanPage.NextCursor"/> of a page of the same query.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? Cursor { get; init; }
}
