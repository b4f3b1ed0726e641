namespace AiObs.Events.Log;

/// <summary>A durable, append-only and tamper-evident log of events.</summary>
public interface IEventLog
{
    /// <summary>Appends events, all or none. An event whose id the log has already is left out.</summary>
    /// <param name="events">The events, already redacted.</param>
    /// <param name="cancellationToken">Cancels the append; then none of the events is in the log.</param>
    /// <returns>A task that ends when the events are committed.</returns>
    ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of events in the order of commits.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page.</returns>
    /// <exception cref="FormatException">The cursor is malformed, or belongs to another query.</exception>
    ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts events; page size, order and cursor do not matter.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are.</returns>
    ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts events by type; page size, order and cursor do not matter.</summary>
    /// <param name="query">Which events.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are of each type.</returns>
    ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Checks every chain from its start, or from its last checkpoint, to its end.</summary>
    /// <param name="anchors">Heads that were kept outside of the log.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <returns>What was found.</returns>
    ValueTask<EventLogVerification> VerifyAsync(
        IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default);

    /// <summary>Erases the content of events, and their salts. The facts stay, the chain still verifies, and <c>content_erased</c> is logged.</summary>
    /// <param name="query">Which events; page size, order and cursor do not matter.</param>
    /// <param name="reason">Why, for the log.</param>
    /// <param name="cancellationToken">Cancels the erasure; then nothing is erased.</param>
    /// <returns>The number of events whose content was erased.</returns>
    ValueTask<long> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default);

    /// <summary>Drops the oldest events by a rule. A checkpoint keeps what stays verifiable.</summary>
    /// <param name="retention">The rule.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is dropped.</param>
    /// <returns>The number of events that were dropped.</returns>
    ValueTask<long> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default);
}
