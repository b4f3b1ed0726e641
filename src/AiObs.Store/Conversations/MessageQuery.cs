namespace AiObs.Store;

/// <summary>Which messages of a conversation, and how many at once.</summary>
public sealed record MessageQuery
{
    /// <summary>The number of messages on a page unless <see cref="PageSize"/> says otherwise: 100.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>The largest <see cref="PageSize"/>: 1,000.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>Gets the conversation.</summary>
    public required string ConversationId { get; init; }

    /// <summary>Gets its tenant.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Gets the branch: what was written to it, and what it shares with those it left.</summary>
    /// <value>The default is <see langword="null"/>: the present one, or that of <see cref="AsOfVersion"/>.</value>
    public int? Branch { get; init; }

    /// <summary>Gets the version up to which messages are read, as if it were the latest.</summary>
    /// <value>The default is <see langword="null"/>: the latest.</value>
    public long? AsOfVersion { get; init; }

    /// <summary>Gets the message after which to start; it is not among them.</summary>
    public long? AfterSequence { get; init; }

    /// <summary>Gets the message before which to end; it is not among them.</summary>
    public long? BeforeSequence { get; init; }

    /// <summary>Gets a value indicating whether the newest come first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Gets a value indicating whether those alone are read that memory always keeps: pinned messages, and those of the system.</summary>
    public bool OnlyStanding { get; init; }

    /// <summary>Gets a value indicating whether the messages of a hidden conversation are read too.</summary>
    public bool IncludeHidden { get; init; }

    /// <summary>Gets how many messages a page has at most.</summary>
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
}
