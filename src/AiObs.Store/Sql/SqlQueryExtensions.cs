using System.Data.Common;

namespace AiObs.Store.Sql;

/// <summary>Reads the rows of queries.</summary>
internal static class SqlQueryExtensions
{
    /// <summary>Reads all rows of a query.</summary>
    /// <exception cref="StoreException">One of them cannot be read.</exception>
    public static async ValueTask<List<T>> ReadAllAsync<T>(this DbCommand query, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            List<T> rows = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(OddValues.Read(reader, read));
            }

            return rows;
        }
    }
}
