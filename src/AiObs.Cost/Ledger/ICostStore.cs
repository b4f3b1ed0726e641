using AiObs.Cost.Ledger;
using AiObs.Paging;

namespace AiObs.Cost;

/// <summary>Keeps cost records, and lists, counts and adds them up.</summary>
/// <remarks>
/// Records are never changed or removed one by one: a correction is a record of its own. What can go are ids of persons and the oldest records. An implementation
/// passes the tests of <c>CostStoreContract</c>; texts are compared ordinally, and times to the tick. A database may keep ids longer than 512 characters cut and
/// ending in their hash, as event logs do.
/// </remarks>
public interface ICostStore
{
    /// <summary>Keeps a record, unless there is one of the same call already, or, for a correction, one that corrects the same record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Cancels the write; then nothing of it is kept.</param>
    /// <returns>Whether the record is new.</returns>
    ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default);

    /// <summary>Lists a page of records by time, and records of the same time by id, compared byte by byte as it is written.</summary>
    /// <param name="query">Which records, and where to start.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// The page. Going on with its cursor misses no record that was kept before the first page was asked for, and returns none twice,
    /// whatever is recorded meanwhile.
    /// </returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters or another order.</exception>
    ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts records, on all pages.</summary>
    /// <param name="query">Which records; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The number of records, corrections included.</returns>
    ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default);

    /// <summary>Adds records up, on all pages.</summary>
    /// <param name="query">Which records; order, page size and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The sum; <see cref="CostSum.Zero"/> when there are none.</returns>
    ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default);

    /// <summary>Adds records up by a property of theirs, on all pages.</summary>
    /// <param name="query">Which records; order, page size and cursor do not matter.</param>
    /// <param name="grouping">By what.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>One group for each value that occurs, the largest amount first and equal ones by key, the group without a key before others.</returns>
    ValueTask<IReadOnlyList<CostGroup>> SumByAsync(
        CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default);

    /// <summary>Adds records up by spans of time, on all pages: what calls cost, and how many tokens they took, over time.</summary>
    /// <param name="query">Which records, and from when to when; order, page size and cursor do not matter.</param>
    /// <param name="interval">How long a span is. Spans are aligned to UTC: those of an hour start on the hour, of a day at midnight, of seven days on Mondays.</param>
    /// <param name="grouping">By what each span is divided; not at all when <see langword="null"/>.</param>
    /// <param name="top">How many keys are told apart at most, those with the largest amounts in the whole series. Must lie between 1 and 1,000; the rest is one group.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// Each span in its order, from that of <see cref="CostQuery.After"/>, or of the first record, to that of <see cref="CostQuery.Before"/>, or of the last record; one without
    /// records has a sum of zero. A correction counts where its call counts. Empty where there are no records, and the query does not say both times.
    /// </returns>
    /// <remarks>Reads all records, unless an implementation does better, as those of AiObs do.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="interval"/> is not positive, or there would be more than 10,000 spans; <paramref name="top"/> lies outside of its range; there is no such grouping.
    /// </exception>
    async ValueTask<IReadOnlyList<CostInterval>> SumSeriesAsync(
        CostQuery query, TimeSpan interval, CostGrouping? grouping = null, int top = 8, CancellationToken cancellationToken = default)
    {
        var series = new CostSeries(query, interval, grouping, top);
        await foreach (var record in ReadAsync(query with { Cursor = null, PageSize = CostQuery.MaxPageSize }, cancellationToken).ConfigureAwait(false))
        {
            series.Add(record);
        }

        return series.ToIntervals();
    }

    /// <summary>
    /// Puts pseudonyms in the place of the conversation, the user and the session of records. Amounts, tokens and everything else stay, so that sums are the same as before.
    /// </summary>
    /// <param name="query">Which records; page size, order and cursor do not matter.</param>
    /// <param name="cancellationToken">Cancels the erasure; then nothing is erased.</param>
    /// <returns>How many records got pseudonyms, and whether the bytes of their ids are gone from the disk.</returns>
    /// <remarks>
    /// A pseudonym, such as <c>erased-6f1c…</c>, is random: nothing tells whose it is, and the same id gets the same one within one erasure. Records that have no ids, or
    /// were erased before, stay as they are. Tags, trace and span ids stay, too.
    /// </remarks>
    ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default);

    /// <summary>Drops the oldest records, in the order in which they were recorded: one goes when it is old, everything recorded before it goes, and its corrections go with it.</summary>
    /// <param name="maxAge">How old a record may get, by the time of its call.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is dropped.</param>
    /// <returns>How many records were dropped, which are in no list, count or sum any more, and whether their bytes are gone from the disk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The age is negative.</exception>
    ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default);

    /// <summary>Takes the bytes of what was erased and dropped so far out of the files of the database.</summary>
    /// <param name="cancellationToken">Cancels it; what is erased stays erased.</param>
    /// <returns>Whether they are gone. <see langword="false"/> where somebody who reads since before still needs them; try again when they have finished.</returns>
    ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists all records, page after page, holding one page in memory.</summary>
    /// <param name="query">Which records; its cursor says where to start, its page size how many are fetched at once.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The records, in the order that was asked for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query; thrown when the reading starts.</exception>
    IAsyncEnumerable<CostRecord> ReadAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Pages.ReadAsync(query, this.ListPageAsync, cancellationToken);
    }

    /// <summary>Writes records as comma-separated values (RFC 4180) in UTF-8, with a header, and a column for each tag that says <c>true</c> or <c>false</c>.</summary>
    /// <param name="destination">Where to write; it stays open.</param>
    /// <param name="query">Which records, in which order, and how many are fetched at once; all when <see langword="null"/>.</param>
    /// <param name="tags">The tags that have a column, in this order; when <see langword="null"/>, all that the records have, in ordinal order.</param>
    /// <param name="progress">Hears, after each page, how many records are written.</param>
    /// <param name="cancellationToken">Cancels the export; what was written until then stays.</param>
    /// <returns>How many records were written.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query.</exception>
    /// <remarks>
    /// Numbers have a point, times are in UTC. Texts that a spreadsheet would run as a formula (they start with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, in any width, or
    /// with a tab or a line break) have an apostrophe before them.
    /// </remarks>
    ValueTask<long> ExportCsvAsync(
        Stream destination,
        CostQuery? query = null,
        IReadOnlyList<string>? tags = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return CostExport.RunAsync(this, destination, query ?? CostQuery.All, tags, progress, cancellationToken);
    }
}
