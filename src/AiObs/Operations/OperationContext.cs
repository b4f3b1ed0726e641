namespace AiObs.Operations;

/// <summary>The <see cref="AgentContext"/> values that one operation started under.</summary>
/// <param name="ConversationId">The conversation, from the application's scope, the request or the response.</param>
/// <param name="UserId">The end user; a keyed hash of it when <see cref="AiObs.PrivacyOptions.UserIdHashKey"/> is set.</param>
/// <param name="SessionId">The session; the conversation stands in for it when no session was given.</param>
/// <param name="Tags">Free tags.</param>
/// <param name="MetadataJson">The metadata as one JSON object.</param>
/// <param name="Metadata">The metadata by key.</param>
public sealed record OperationContext(
    string? ConversationId,
    string? UserId,
    string? SessionId,
    IReadOnlyList<string>? Tags,
    string? MetadataJson,
    IReadOnlyDictionary<string, object?>? Metadata)
{
    /// <summary>Gets the context of an operation outside of every scope.</summary>
    public static OperationContext Empty { get; } = new(null, null, null, null, null, null);

    /// <summary>Gets the tags as the application gave them, by which budgets are kept; <see langword="null"/> where <see cref="Tags"/> are just that.</summary>
    internal IReadOnlyList<string>? UnmaskedTags { get; init; }

    /// <summary>Gets the turn of a stored conversation that it is of: the store tells of the messages.</summary>
    internal string? TurnId { get; init; }

    /// <summary>Gets what of it stands on events and cost records; <see langword="null"/> where nothing does.</summary>
    internal RecordedContext? Recorded { get; init; }

    /// <summary>Returns this context with a conversation that became known later; a conversation of the application's own stays.</summary>
    internal OperationContext WithFallbackConversation(string? conversationId) =>
        conversationId is null || ConversationId is not null
            ? this
            : this with { ConversationId = conversationId, SessionId = SessionId ?? conversationId };
}
