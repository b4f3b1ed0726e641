using AiObs.Operations;

namespace AiObs.Store;

/// <summary>A trace as its spans make it, as far as they have arrived.</summary>
public sealed record TraceSummary
{
    /// <summary>Gets the trace: 32 lower-case hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>Gets when the earliest span started.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets when the latest span ended.</summary>
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>Gets the name of the span at the top: the earliest that <see cref="SpanRecord.IsRoot"/> marks, else the earliest of all, by time and then by id.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the source of that span.</summary>
    public required string Source { get; init; }

    /// <summary>Gets the kind of that span.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>Gets how the trace stands.</summary>
    public TraceStatus Status { get; init; }

    /// <summary>Gets how many spans it has.</summary>
    public long SpanCount { get; init; }

    /// <summary>Gets how many of them are model calls: chats and embeddings.</summary>
    public long CallCount { get; init; }

    /// <summary>Gets how many of them are tool calls.</summary>
    public long ToolCount { get; init; }

    /// <summary>Gets how many of them failed.</summary>
    public long ErrorCount { get; init; }

    /// <summary>Gets the input tokens of the model calls; <see langword="null"/> where none were reported.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the output tokens of the model calls; <see langword="null"/> where none were reported.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Gets the conversation of the earliest span that has one, by time and then by id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the user of the earliest span that has one.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session of the earliest span that has one.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets how long it took, from the first start to the last end.</summary>
    public TimeSpan Duration => EndTime - Time;
}
