using System.Data.Common;

namespace AiObs.Store.Sql.Costs;

/// <summary>Reads and writes the row that seals costs.</summary>
internal static class CostSealRow
{
    public const string Table = "aiobs_cost_chain";

    private const string Columns = "log_id, start_position, is_keyed, sequence, hash, seal";

    /// <summary>Changes nothing, and makes others wait until this transaction has changed something.</summary>
    private const string LockSql = $"UPDATE {Table} SET sequence = sequence RETURNING {Columns}";

    private const string SelectSql = $"SELECT {Columns} FROM {Table}";

    private const string UpdateSql = $"UPDATE {Table} SET is_keyed = @is_keyed, sequence = @sequence, hash = @hash, seal = @seal";

    /// <summary>Reads the row for a transaction that is going to change it.</summary>
    /// <exception cref="StoreException">Somebody has taken it away.</exception>
    public static async ValueTask<CostSeal> TakeAsync(SqlDialect dialect, SqlSession write, CancellationToken cancellationToken) =>
        await ReadAsync(dialect, write.Command(LockSql), cancellationToken).ConfigureAwait(false)
        ?? throw new StoreException($"The row of {Table} that seals the costs in {dialect.Place} is gone: somebody has changed the database. Verify the log to see more.");

    /// <summary>Reads the row; <see langword="null"/> where there is none.</summary>
    public static ValueTask<CostSeal?> FindAsync(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken) =>
        ReadAsync(dialect, read.Command(SelectSql), cancellationToken);

    public static Task UpdateAsync(SqlSession write, CostSeal seal, CancellationToken cancellationToken) => write.Command(UpdateSql)
        .Bind("@is_keyed", seal.IsKeyed == true ? 1 : 0)
        .Bind("@sequence", seal.Count)
        .Bind("@hash", seal.Hash)
        .Bind("@seal", seal.Seal)
        .ExecuteNonQueryAsync(cancellationToken);

    private static async ValueTask<CostSeal?> ReadAsync(SqlDialect dialect, DbCommand command, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                ? OddValues.Read((Dialect: dialect, Reader: reader), static row => Read(row.Dialect, row.Reader))
                : null;
        }
    }

    private static CostSeal Read(SqlDialect dialect, DbDataReader reader) => new(
        dialect.ReadGuid(reader, 0),
        reader.GetInt64(1),
        reader.IsDBNull(2) ? null : reader.GetInt32(2) != 0,
        reader.GetInt64(3),
        reader.FindBytes(4),
        reader.FindBytes(5));
}
