using AiObs.Events;

namespace AiObs.Store.Events;

/// <summary>What stays of an event for ever, exactly as it is stored and hashed.</summary>
internal sealed record EventFacts
{
    public required Guid Id { get; init; }

    /// <summary>Gets the time in ticks of UTC: databases keep microseconds, hashes need everything.</summary>
    public required long Ticks { get; init; }

    public required string Type { get; init; }

    public string? ConversationId { get; init; }

    public string? UserId { get; init; }

    public string? SessionId { get; init; }

    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    /// <summary>Gets the data as the text that <see cref="EventDataJson"/> made of it.</summary>
    public required string Data { get; init; }

    /// <summary>Gets what the chain knows of the content; <see langword="null"/> where there was none.</summary>
    public byte[]? Commitment { get; init; }

    /// <summary>Tells whether both say the same of the same event, leaving out what was said in it.</summary>
    public bool SaysTheSameAs(EventFacts other) =>
        Id == other.Id && Ticks == other.Ticks && Type == other.Type
        && ConversationId == other.ConversationId && UserId == other.UserId && SessionId == other.SessionId
        && TraceId == other.TraceId && SpanId == other.SpanId && Data == other.Data
        && Commitment is null == other.Commitment is null;
}
