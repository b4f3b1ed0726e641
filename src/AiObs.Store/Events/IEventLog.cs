using AiObs.Events;
using AiObs.Paging;
using AiObs.Store.Events;

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
    /// <returns>How many events lost their content, and whether its bytes are gone from the disk.</returns>
    /// <exception cref="ArgumentException"><paramref name="reason"/> is empty, or has more than 10,000 characters.</exception>
    ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Drops the oldest events by a rule, in the order of commits. Checkpoints keep what stays verifiable, and in the same commit
    /// <c>retention_applied</c> is logged, unless there was nothing to drop.
    /// </summary>
    /// <param name="retention">The rule.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is dropped.</param>
    /// <returns>How many events were dropped, and whether their bytes are gone from the disk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rule has a negative age, or leaves no event.</exception>
    ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default);

    /// <summary>Takes the bytes of what was erased and dropped so far out of the files of the database.</summary>
    /// <param name="cancellationToken">Cancels it; what is erased stays erased.</param>
    /// <returns>
    /// Whether they are gone. <see langword="false"/> where somebody who reads since before the erasure still needs them; try again when they have
    /// finished.
    /// </returns>
    /// <remarks>
    /// SQLite does this by itself, with every erasure and until it has succeeded, also after a restart, with the first write. PostgreSQL runs <c>VACUUM (FULL)</c> on the tables of
    /// events and contents, which writes them anew, keeps everybody else from them meanwhile, and is for their owner alone.
    /// Backups, copies and, on PostgreSQL, the server's write-ahead log and its archive are not reached.
    /// </remarks>
    ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists all events, page after page, holding one page in memory.</summary>
    /// <param name="query">Which events; its cursor says where to start, its page size how many are fetched at once.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The events, in the order that was asked for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query; thrown when the reading starts.</exception>
    IAsyncEnumerable<LoggedEvent> ReadAsync(EventQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Pages.ReadAsync(query, this.ListPageAsync, cancellationToken);
    }

    /// <summary>Writes events as JSON lines in UTF-8: one object per event, with its place in the chain.</summary>
    /// <param name="destination">Where to write; it stays open.</param>
    /// <param name="query">Which events, in which order, and how many are fetched at once; all when <see langword="null"/>.</param>
    /// <param name="progress">Hears, after each page, how many events are written.</param>
    /// <param name="cancellationToken">Cancels the export; what was written until then stays.</param>
    /// <returns>How many events were written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    ValueTask<long> ExportJsonLinesAsync(
        Stream destination, EventQuery? query = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return EventExport.RunAsync(this, destination, new JsonLinesFormat(), query ?? EventQuery.All, progress, cancellationToken);
    }

    /// <summary>Writes events as comma-separated values (RFC 4180) in UTF-8, with a header.</summary>
    /// <param name="destination">Where to write; it stays open.</param>
    /// <param name="query">Which events, in which order, and how many are fetched at once; all when <see langword="null"/>.</param>
    /// <param name="progress">Hears, after each page, how many events are written.</param>
    /// <param name="cancellationToken">Cancels the export; what was written until then stays.</param>
    /// <returns>How many events were written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    /// <remarks>
    /// Texts that a spreadsheet would run as a formula (they start with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, in any width, or with a tab or
    /// a line break) have an apostrophe before them.
    /// </remarks>
    ValueTask<long> ExportCsvAsync(
        Stream destination, EventQuery? query = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return EventExport.RunAsync(this, destination, new CsvFormat(), query ?? EventQuery.All, progress, cancellationToken);
    }
}
