using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>The names of what an export says of an event beside the event itself.</summary>
internal static class EventColumns
{
    public const string Position = "position";
    public const string Writer = "writer";
    public const string Sequence = "sequence";
    public const string Hash = "hash";
    public const string ContentErased = "content_erased";

    /// <summary>Gets the names of everything, in the order in which it is written.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Position,
        Writer,
        Sequence,
        Hash,
        AgentEventJson.Id,
        AgentEventJson.Time,
        AgentEventJson.Type,
        AgentEventJson.ConversationId,
        AgentEventJson.UserId,
        AgentEventJson.SessionId,
        AgentEventJson.TraceId,
        AgentEventJson.SpanId,
        AgentEventJson.Data,
        AgentEventJson.Content,
        ContentErased,
    ];
}
