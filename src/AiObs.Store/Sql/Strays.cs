namespace AiObs.Store.Sql;

/// <summary>Erases what migrations have set aside because no log or store writes it. What such a row says is one text, so that an erasure reaches every row in which an id stands.</summary>
internal static class Strays
{
    /// <param name="dialect">The database.</param>
    /// <param name="write">The transaction.</param>
    /// <param name="table">The table of the rows.</param>
    /// <param name="ids">The ids that the erasure names.</param>
    /// <param name="all">Whether the erasure is of everything.</param>
    /// <param name="cancellationToken">Cancels the erasure.</param>
    /// <returns>How many rows that were; where they stood is still told.</returns>
    public static async ValueTask<long> EraseAsync(
        SqlDialect dialect, SqlSession write, string table, IEnumerable<string> ids, bool all, CancellationToken cancellationToken)
    {
        if (all)
        {
            return await write.Command($"UPDATE {table} SET content = '' WHERE content <> ''").ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = 0L;
        foreach (var id in ids)
        {
            count += await write.Command($"UPDATE {table} SET content = '' WHERE {dialect.StrayHas("@id")}").Bind("@id", id)
                .ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return count;
    }
}
