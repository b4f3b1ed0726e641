using AiObs.Events;

namespace AiObs.Store;

/// <summary>A durable, append-only and tamper-evident log of events.</summary>
/// <remarks>
/// Texts are compared ordinally, and times to the tick. Ids and types longer than 512 characters are cut and end in their hash, in queries too;
/// NUL and half surrogate pairs, which no database takes, become U+FFFD; data beyond 1,048,576 characters of JSON, and content
/// beyond 16,777,216, is replaced by a remark that says so. An implementation passes the tests of <c>EventLogContract</c>.
/// </remarks>
public interface IEventLog
{
    /// <summary>Appends events, all or none, in one commit. An event whose id the log has already is left out.</summary>
    /// <param name="events">The events, already redacted.</param>
    /// <param name="cancellationToken">Cancels the append; then none of the events is in the log.</param>
    /// <returns>A task that ends when the events are committed.</returns>
    /// <exception cref="EventConflictException">The log has another event under the id of one of these.</exception>
    ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of events in the order of commits.</summary>
    /// <param name="query">Which events, and where to start.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page. Going on with its cursor misses nothing and returns nothing twice, whatever is appended meanwhile.</returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters or another order.</exception>
    ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts events, on all pages.</summary>
    /// <param name="query">Which events; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are.</returns>
    ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts events by type, on all pages.</summary>
    /// <param name="query">Which events; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are of each type that occurs.</returns>
    ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default);

    /// <summary>Checks every chain from its start, or from its last checkpoint, to its end.</summary>
    /// <param name="anchors">Heads that were kept outside of the log: what earlier verifications returned.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="ArgumentException">The hash of an anchor is not hexadecimal.</exception>
    /// <remarks>
    /// Found is every event that was changed, inserted, moved or deleted, and every content that was changed or removed other than by
    /// <see cref="EraseContentAsync"/>, by somebody who does not also make new hashes: a key keeps everybody else from that. What a log cannot
    /// show by itself is that it was put back to an earlier state as a whole, or that the writer that opened last is missing; anchors show both.
    /// Where the database keeps costs, these are verified too; the anchor called <c>costs</c> is theirs.
    /// </remarks>
    ValueTask<EventLogVerification> VerifyAsync(
        IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Erases the content of events, and their salts. The facts stay, the chain still verifies, and in the same commit <c>content_erased</c> is
    /// logged, unless there was nothing left to erase.
    /// </summary>
    /// <param name="query">Which events; page size, order and cursor do not matter.</param>
    /// <param name="reason">Why, for the log.</param>
    /// <param name="cancellationToken">Cancels the erasure; then nothing is erased.</param>
    /// <returns>The number of events whose content was erased.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty.</exception>
    ValueTask<long> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Drops the oldest events by a rule, in the order of commits. Checkpoints keep what stays verifiable, and in the same commit
    /// <c>retention_applied</c> is logged, unless there was nothing to drop.
    /// </summary>
    /// <param name="retention">The rule.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is dropped.</param>
    /// <returns>The number of events that were dropped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rule has a negative age, or leaves no event.</exception>
    ValueTask<long> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default);
}
