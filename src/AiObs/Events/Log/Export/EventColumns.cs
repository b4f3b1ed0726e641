namespace AiObs.Events.Log.Export;

/// <summary>The names that an event's parts have in exports.</summary>
internal static class EventColumns
{
    public const string Position = "position";
    public const string Writer = "writer";
    public const string Sequence = "sequence";
    public const string Hash = "hash";
    public const string Id = "id";
    public const string Time = "time";
    public const string Type = "type";
    public const string ConversationId = "conversation_id";
    public const string UserId = "user_id";
    public const string SessionId = "session_id";
    public const string TraceId = "trace_id";
    public const string SpanId = "span_id";
    public const string Data = "data";
    public const string Content = "content";
    public const string ContentErased = "content_erased";

    /// <summary>Gets all of them, in the order in which they are written.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Position, Writer, Sequence, Hash, Id, Time, Type, ConversationId, UserId, SessionId, TraceId, SpanId, Data, Content, ContentErased,
    ];
}
