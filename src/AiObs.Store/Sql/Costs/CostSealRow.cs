using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Costs;

/// <summary>Reads and writes the row that seals costs.</summary>
internal static class CostSealRow
{
    public const string Table = "aiobs_cost_chain";

    private const string Columns =
        "log_id, is_keyed, sequence, hash, start_position, dropped_sequence, dropped_hash, unsealed, erased, erased_hash, seal";

    /// <summary>Changes nothing, and makes others wait until this transaction has changed something.</summary>
    private const string LockSql = $"UPDATE {Table} SET sequence = sequence RETURNING {Columns}";

    private const string SelectSql = $"SELECT {Columns} FROM {Table}";

    private const string InsertSql = $"""
        INSERT INTO {Table} (ordinal, {Columns})
        VALUES (1, @log_id, @is_keyed, @sequence, @hash, @start_position, @dropped_sequence, @dropped_hash, @unsealed, @erased, @erased_hash, @seal)
        """;

    private const string UpdateSql = $"""
        UPDATE {Table} SET is_keyed = @is_keyed, sequence = @sequence, hash = @hash, start_position = @start_position, dropped_sequence = @dropped_sequence,
            dropped_hash = @dropped_hash, erased = @erased, erased_hash = @erased_hash, seal = @seal
        """;

    /// <summary>Reads the row for a transaction that is going to change it.</summary>
    /// <exception cref="StoreException">Somebody has taken it away.</exception>
    public static async ValueTask<CostSeal> TakeAsync(SqlDialect dialect, SqlSession write, CancellationToken cancellationToken) =>
        await ReadAsync(dialect, write.Command(LockSql), cancellationToken).ConfigureAwait(false)
        ?? throw new StoreException($"The row of {Table} that seals the costs in {dialect.Place} is gone: somebody has changed the database. Verify the log to see more.");

    /// <summary>Reads the row; <see langword="null"/> where there is none.</summary>
    public static ValueTask<CostSeal?> FindAsync(SqlDialect dialect, SqlSession read, CancellationToken cancellationToken) =>
        ReadAsync(dialect, read.Command(SelectSql), cancellationToken);

    public static Task InsertAsync(SqlDialect dialect, SqlSession write, CostSeal seal, CancellationToken cancellationToken) => BindTo(write.Command(InsertSql), seal)
        .Bind("@log_id", dialect.Parameter(seal.Log))
        .Bind("@unsealed", seal.UnsealedCount)
        .ExecuteNonQueryAsync(cancellationToken);

    public static Task UpdateAsync(SqlSession write, CostSeal seal, CancellationToken cancellationToken) =>
        BindTo(write.Command(UpdateSql), seal).ExecuteNonQueryAsync(cancellationToken);

    private static DbCommand BindTo(DbCommand command, CostSeal seal) => command
        .Bind("@is_keyed", seal.IsKeyed ? 1 : 0)
        .Bind("@sequence", seal.Head.Count)
        .Bind("@hash", seal.Head.Hash)
        .Bind("@start_position", seal.Start)
        .Bind("@dropped_sequence", seal.Dropped.Count)
        .Bind("@dropped_hash", seal.Dropped.Hash)
        .Bind("@erased", seal.Erased.Count)
        .Bind("@erased_hash", seal.Erased.Hash)
        .Bind("@seal", seal.Seal);

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
        reader.GetInt32(1) != 0,
        new ChainHead(CostSeal.Name, reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)),
        reader.GetInt64(4),
        new ChainHead(CostSeal.Name, reader.GetInt64(5), reader.GetFieldValue<byte[]>(6)),
        reader.GetInt64(7),
        new ErasedCosts(reader.GetInt64(8), reader.FindBytes(9)),
        reader.GetFieldValue<byte[]>(10));
}
