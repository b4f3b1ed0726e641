namespace AiObs.Events.Log;

/// <summary>Which events, in which order, and how many at once. What is not set does not filter.</summary>
public sealed record EventQuery
{
    /// <summary>The number of events on a page where nothing else is said: 100.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The most events that a page can have: 1,000.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the user.</summary>
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

    /// <summary>Gets a value indicating whether the newest come first.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Gets how many events a page has.</summary>
    /// <value>The default is <see cref="DefaultPageSize"/>. Between 1 and <see cref="MaxPageSize"/>.</value>
    public int PageSize { get; init; } = DefaultPageSize;

    /// <summary>Gets where to go on: the cursor of an earlier page of the same query.</summary>
    public string? Cursor { get; init; }
}
