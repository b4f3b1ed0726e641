using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Events.Raising;

/// <summary>An event that is about to be raised.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Data">The facts.</param>
/// <param name="Time">When it happened.</param>
internal readonly record struct EventDraft(string Type, IReadOnlyDictionary<string, object?> Data, DateTimeOffset Time)
{
    /// <summary>Gets the id; a new one is made where there is none.</summary>
    public Guid? Id { get; init; }

    /// <summary>Gets what was said, masked, as JSON.</summary>
    public string? Content { get; init; }

    /// <summary>Gets a value indicating whether content may be shown in events at all.</summary>
    public bool AllowsContent { get; init; }

    /// <summary>Gets a value indicating whether the application made it, so that nobody else knows what its data holds.</summary>
    public bool IsTracked { get; init; }

    public string? ConversationId { get; init; }

    public string? UserId { get; init; }

    public string? SessionId { get; init; }

    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    /// <summary>Gets what of the surroundings stands among the facts.</summary>
    public RecordedContext? Recorded { get; init; }

    /// <summary>Says for whom it happened.</summary>
    public EventDraft In(OperationContext context) => this with
    {
        ConversationId = ConversationId ?? context.ConversationId,
        UserId = UserId ?? context.UserId,
        SessionId = SessionId ?? context.SessionId,
        Recorded = context.Recorded,
    };

    /// <summary>Says in which span it happened, unless that is known already.</summary>
    public EventDraft On(Activity? activity) => TraceId is not null || activity is not { IdFormat: ActivityIdFormat.W3C }
        ? this
        : this with { TraceId = activity.TraceId.ToHexString(), SpanId = activity.SpanId.ToHexString() };
}
