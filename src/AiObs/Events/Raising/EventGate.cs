using System.Text.Json;
using AiObs.Pipeline;

namespace AiObs.Events.Raising;

/// <summary>The one way to the sinks: every event is made, redacted and handed to them here and nowhere else.</summary>
internal sealed class EventGate(EventDispatcher sinks, EventOptions options, ObservabilityCore core)
{
    private const string RedactorPart = "event redactor";

    private readonly Callback _redactor = new(RedactorPart, core.CallbackTimeout, core.Faults);

    /// <summary>Tells whether a sink wants events of a type. When not, none needs to be made.</summary>
    public bool IsWanted(string type) => sinks.Wants(type);

    /// <summary>Makes an event of a draft and hands it to the sinks.</summary>
    /// <param name="draft">What happened.</param>
    /// <param name="receipt">What durable sinks have to confirm; added to.</param>
    /// <returns>The event as the sinks see it; <see langword="null"/> when the redactor dropped it.</returns>
    public AgentEvent? Pass(in EventDraft draft, ref DeliveryReceipt? receipt)
    {
        var shown = Make(draft);
        if (shown is not null)
        {
            Post(shown, ref receipt);
        }

        return shown;
    }

    /// <summary>Hands an event that was made here to the sinks.</summary>
    public void Post(AgentEvent made, ref DeliveryReceipt? receipt) => sinks.Post(made, ref receipt);

    /// <summary>Makes an event of a draft, for a store that keeps it with what it tells of before the sinks get it.</summary>
    /// <returns>The event as the sinks are to see it; <see langword="null"/> when the redactor dropped it.</returns>
    public AgentEvent? Make(in EventDraft draft)
    {
        var stamped = Stamp(draft);
        var shown = options.Redact is null ? stamped : Redact(stamped, draft);
        if (shown is null)
        {
            sinks.Metrics.DroppedForAll(DropReasons.Redacted);
        }

        return shown;
    }

    private AgentEvent Stamp(in EventDraft draft) => new()
    {
        Id = draft.Id ?? core.Ids.NextId(draft.Time),
        Time = draft.Time,
        Type = draft.Type,
        Data = draft.Recorded is { } recorded ? EventData.With(draft.Data, recorded) : draft.Data,
        Content = draft.AllowsContent ? draft.Content : null,
        ConversationId = draft.ConversationId,
        UserId = draft.UserId,
        SessionId = draft.SessionId,
        TraceId = draft.TraceId,
        SpanId = draft.SpanId,
    };

    private AgentEvent? Redact(AgentEvent stamped, in EventDraft draft)
    {
        var redaction = core.Faults.Get(
            RedactorPart,
            (Gate: this, stamped, draft.AllowsContent),
            static state => state.Gate.RedactInTime(state.stamped, state.AllowsContent));
        if (redaction is not null)
        {
            return redaction.Shown;
        }

        return draft.IsTracked ? stamped with { Content = null, Data = EventData.Empty } : stamped with { Content = null };
    }

    private Redaction? RedactInTime(AgentEvent stamped, bool allowsContent) => _redactor.TryRun(
        (Gate: this, stamped, allowsContent),
        static state => new Redaction(state.Gate.RedactCore(state.stamped, state.allowsContent)),
        out var redaction) ? redaction : null;

    private AgentEvent? RedactCore(AgentEvent stamped, bool allowsContent)
    {
        if (options.Redact!(stamped) is not { } redacted)
        {
            return null;
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(redacted.Type);
        if (redacted.Content is not null && !ReferenceEquals(redacted.Content, stamped.Content))
        {
            using var document = JsonDocument.Parse(redacted.Content);
        }

        return redacted with
        {
            Id = stamped.Id,
            Time = stamped.Time,
            Data = ReferenceEquals(redacted.Data, stamped.Data) ? stamped.Data : EventDataCopy.Of(redacted.Data),
            Content = allowsContent ? redacted.Content : null,
        };
    }

    private sealed record Redaction(AgentEvent? Shown);
}
