using System.Runtime.CompilerServices;

namespace AiObs.Cost;

/// <summary>Keeps cost records, and lists, counts and adds them up.</summary>
/// <remarks>
/// Records are never changed or removed one by one: a correction is a record of its own. An implementation passes the tests of
/// <c>CostStoreContract</c>; texts are compared ordinally, and times to the tick.
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

    /// <summary>Lists all records, page after page, holding one page in memory.</summary>
    /// <param name="query">Which records; its cursor says where to start, its page size how many are fetched at once.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The records, in the order that was asked for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query; thrown when the reading starts.</exception>
    IAsyncEnumerable<CostRecord> ReadAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadPagesAsync(this, query, cancellationToken);
    }

    private static async IAsyncEnumerable<CostRecord> ReadPagesAsync(
        ICostStore store, CostQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CostPage page;
        do
        {
            page = await store.ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var record in page.Records)
            {
                yield return record;
            }

            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null);
    }
}
