namespace AiObs.Store;

/// <summary>Which conversations, and how many at once: the newest first, by their creation. Filters that are <see langword="null"/> let everything through; the others must all hold.</summary>
public sealed record ConversationQuery
{
    /// <summary>The number of conversations on a page unless <see cref="PageSize"/> says otherwise: 50.</summary>
    public const int DefaultPageSize = 50;

    /// <summary>The largest <see cref="PageSize"/>: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>Gets the tenant.</summary>
    /// <value>The default is the empty text. <see langword="null"/> asks for all of them, which is for whoever runs the store, such as a sweep.</value>
    public string? Tenant { get; init; } = "";

    /// <summary>Gets the user.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the tags, all of which it must have.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets the earliest creation, inclusive.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Gets the latest creation, inclusive.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Gets the latest <see cref="Conversation.ExpiresAt"/>, inclusive; those that never expire are left out then.</summary>
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>Gets a value indicating whether hidden ones are listed too. Erased ones are not.</summary>
    public bool IncludeHidden { get; init; }

    /// <summary>Gets how many conversations a page has at most. It may change from page to page.</summary>
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

    /// <summary>Gets where to go on: the <see cref="ConversationPage.NextCursor"/> of a page of the same query.</summary>
    /// <value>The default is <see langword="null"/>: the first page.</value>
    public string? Cursor { get; init; }
}
