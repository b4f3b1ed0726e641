using AiObs.Store.Telemetry;

namespace AiObs.Store;

/// <summary>There is no such conversation: there never was, it is deleted, or it is another tenant's or user's.</summary>
public sealed class ConversationNotFoundException : Exception, IHasOutcome
{
    /// <summary>Initializes a new instance of the <see cref="ConversationNotFoundException"/> class.</summary>
    /// <param name="conversationId">The id that was looked for.</param>
    public ConversationNotFoundException(string conversationId)
        : base($"There is no conversation '{conversationId}': it was never created, it is deleted, or it belongs to somebody else. Create it first, and do not reuse the id of one that is deleted.") =>
        ConversationId = conversationId;

    /// <summary>Gets the id that was looked for.</summary>
    public string ConversationId { get; }

    string IHasOutcome.Outcome => StoreOutcomes.NotFound;
}
