using System.Runtime.CompilerServices;

namespace AiObs.Cost;

/// <summary>Reads cost stores to their end.</summary>
public static class AiObsCostStoreExtensions
{
    /// <summary>Lists all records, page after page, holding one page in memory.</summary>
    /// <param name="store">The store.</param>
    /// <param name="query">Which records; its cursor says where to start, its page size how many are fetched at once.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The records, in the order that was asked for.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="store"/> or <paramref name="query"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to another query; thrown when the reading starts.</exception>
    public static IAsyncEnumerable<CostRecord> ReadAsync(
        this ICostStore store, CostQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        return ReadPagesAsync(store, query, cancellationToken);
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
