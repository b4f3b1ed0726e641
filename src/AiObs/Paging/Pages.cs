using System.Runtime.CompilerServices;

namespace AiObs.Paging;

/// <summary>Reads listings to their end, page after page, holding one page in memory.</summary>
internal static class Pages
{
    /// <param name="query">Which entries, and where to start.</param>
    /// <param name="list">Returns the page of a query, and the query of the page after it; <see langword="null"/> on the last one.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async IAsyncEnumerable<TItem> ReadAsync<TQuery, TItem>(
        TQuery query,
        Func<TQuery, CancellationToken, ValueTask<(IReadOnlyList<TItem> Items, TQuery? Next)>> list,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TQuery : class
    {
        for (TQuery? next = query; next is not null;)
        {
            (var items, next) = await list(next, cancellationToken).ConfigureAwait(false);
            foreach (var item in items)
            {
                yield return item;
            }
        }
    }
}
