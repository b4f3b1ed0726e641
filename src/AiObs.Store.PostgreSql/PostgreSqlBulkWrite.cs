using System.Collections.Concurrent;
using System.Data.Common;
using AiObs.Store.Sql;

namespace AiObs.Store.PostgreSql;

/// <summary>Adds and removes rows of any number with one statement and one round trip: a column of theirs is one array.</summary>
/// <remarks>The parameters have numbers: names would be looked for in the text each time.</remarks>
internal static class PostgreSqlBulkWrite
{
    private static readonly ConcurrentDictionary<BulkTable, string> InsertSql = [];

    public static async ValueTask<long> InsertAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        (await InsertAsync(write, [new(table, rows)], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Adds the rows of several tables, in one round trip for all of them.</summary>
    public static ValueTask<long[]> InsertAsync(SqlSession write, IReadOnlyList<BulkRows> inserts, CancellationToken cancellationToken) => RunAsync(
        write,
        [.. inserts.Select(static insert => (InsertSql.GetOrAdd(insert.Table, static table => table.InsertSql("INSERT", $"SELECT * FROM {RowsOf(table)}")), insert))],
        cancellationToken);

    public static async ValueTask<long> DeleteAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var isSame = string.Join(" AND ", table.Columns.Select(static column => $"d.{column.Name} = n.{column.Name}"));
        var sql = $"DELETE FROM {table.Name} d USING {RowsOf(table)} WHERE {isSame}";
        return (await RunAsync(write, [(sql, new(table, rows))], cancellationToken).ConfigureAwait(false))[0];
    }

    private static string RowsOf(BulkTable table) => $"unnest({string.Join(", ", table.Columns.Select(static (_, index) => $"${index + 1}"))}) AS n ({table.ColumnNames})";

    /// <returns>How many rows each statement has touched.</returns>
    private static async ValueTask<long[]> RunAsync(SqlSession write, IReadOnlyList<(string Sql, BulkRows Rows)> statements, CancellationToken cancellationToken)
    {
        var counts = new long[statements.Count];
        var batch = write.Connection.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            var numbers = Enumerable.Range(0, counts.Length).Where(number => statements[number].Rows.Values.Count > 0).ToArray();
            foreach (var number in numbers)
            {
                batch.BatchCommands.Add(CommandOf(batch, statements[number].Sql, statements[number].Rows));
            }

            if (numbers.Length > 0)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            for (var i = 0; i < numbers.Length; i++)
            {
                counts[numbers[i]] = batch.BatchCommands[i].RecordsAffected;
            }
        }

        return counts;
    }

    private static DbBatchCommand CommandOf(DbBatch batch, string sql, BulkRows rows)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = sql;
        for (var column = 0; column < rows.Table.Columns.Count; column++)
        {
            var type = rows.Table.Columns[column].Type;
            var parameter = command.CreateParameter();
            parameter.Value = type == typeof(long) ? Column<long?>(rows.Values, column) : type == typeof(string) ? Column<string>(rows.Values, column) : Column<byte[]>(rows.Values, column);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static T?[] Column<T>(IReadOnlyList<object?[]> rows, int column)
    {
        var values = new T?[rows.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = (T?)rows[row][column];
        }

        return values;
    }
}
