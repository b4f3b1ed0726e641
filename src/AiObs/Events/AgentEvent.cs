namespace AiObs.Events;

/// <summary>Something that happened in an agent, for people and audits: what sinks and event logs receive.</summary>
public sealed record AgentEvent
{
    /// <summary>Gets the id; appending an event twice leaves one.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets when it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets what happened: one of <see cref="AgentEventTypes"/> or a type of the application's own.</summary>
    public required string Type { get; init; }

    /// <summary>Gets the facts: names, counts and amounts, never what users or models said. They stay when content is erased.</summary>
    /// <remarks>Values are strings, booleans, numbers, times, ids, <see langword="null"/>, and lists and dictionaries of these.</remarks>
    public IReadOnlyDictionary<string, object?> Data { get; init; } = EmptyData;

    /// <summary>Gets what was said, as one JSON value; <see langword="null"/> unless content is recorded. Logs can erase it.</summary>
    public string? Content { get; init; }

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the end user.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the trace, as 32 hex digits; <see langword="null"/> where there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>Gets the span, as 16 hex digits; <see langword="null"/> where there is none.</summary>
    public string? SpanId { get; init; }

    private static IReadOnlyDictionary<string, object?> EmptyData { get; } = new Dictionary<string, object?>().AsReadOnly();
}
