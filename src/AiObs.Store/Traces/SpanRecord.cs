using AiObs.Operations;

namespace AiObs.Store;

/// <summary>A span that has ended, as traces keep it. What was said in it is apart, in <see cref="Content"/>.</summary>
/// <remarks>
/// Texts beyond 512 characters are cut and end in their hash, in queries too; NUL and half surrogate pairs, which no database takes, become U+FFFD.
/// Attributes and events beyond 1,048,576 characters of JSON, and content beyond 16,777,216, are replaced by a remark that says so.
/// </remarks>
public sealed record SpanRecord
{
    /// <summary>Gets the trace: 32 lower-case hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>Gets the span: 16 lower-case hexadecimal digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>Gets the span that it happened in, which may be one that no trace store gets; <see langword="null"/> where there is none.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>Gets a value indicating whether nothing that is kept stands above the span. A trace is complete when such a span has ended.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Gets when it started.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets how long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the name of the activity source, or instrumentation scope, that it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Gets its name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what it does; <see langword="null"/> for spans that are none of these.</summary>
    public OperationKind? Kind { get; init; }

    /// <summary>Gets who served the call.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the model that answered, else the one that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the agent, by name.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the tool, by name.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets a value indicating whether it failed.</summary>
    public bool IsError { get; init; }

    /// <summary>Gets what failed: a status, a code or the type of an exception.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets the conversation.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the user, as spans have it: the keyed hash, where privacy options put one in the place of the name.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Gets the tags of the context.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets the input tokens; <see langword="null"/> where none were reported, or a number that no call can have: below 0, or beyond 1,000,000,000,000,000.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the output tokens; <see langword="null"/> where none were reported, or a number that no call can have: below 0, or beyond 1,000,000,000,000,000.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Gets all attributes that are no content, as a JSON object by their keys.</summary>
    /// <value>The default is <c>{}</c>. Empty in listings that do not ask for it.</value>
    public string Attributes { get; init; } = "{}";

    /// <summary>Gets the events, as a JSON array of objects with <c>name</c>, <c>time</c> and those <c>attributes</c> that are no content.</summary>
    /// <value>The default is <see langword="null"/>: none, or a listing that did not ask for them.</value>
    public string? Events { get; init; }

    /// <summary>Gets what was said: messages, arguments, results.</summary>
    /// <value>The default is <see langword="null"/>: none was recorded, it is gone, or the listing did not ask for it.</value>
    public SpanContent? Content { get; init; }

    /// <summary>Gets a value indicating whether the span came with content, which may have been erased or have expired since.</summary>
    /// <value>Set by the store.</value>
    public bool HadContent { get; init; }

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset EndTime => Time + Duration;
}
