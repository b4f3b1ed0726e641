using AiObs.Store.Sql;

namespace AiObs.Store.PostgreSql;

/// <summary>Adds and removes rows of any number with one statement and one round trip: a column of theirs is one array.</summary>
internal static class PostgreSqlBulkWrite
{
    private const string Verb = "INSERT";

    public static ValueTask<long> InsertAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        RunAsync(write, table, table.InsertSql(Verb, $"SELECT * FROM {RowsOf(table)}"), rows, cancellationToken);

    public static ValueTask<long> DeleteAsync(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var isSame = string.Join(" AND ", table.Columns.Select(static column => $"d.{column.Name} = n.{column.Name}"));
        return RunAsync(write, table, $"DELETE FROM {table.Name} d USING {RowsOf(table)} WHERE {isSame}", rows, cancellationToken);
    }

    private static string RowsOf(BulkTable table) => $"unnest({string.Join(", ", table.Columns.Select(static column => $"@{column.Name}"))}) AS n ({table.ColumnNames})";

    private static async ValueTask<long> RunAsync(SqlSession write, BulkTable table, string sql, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        var command = write.Command(sql);
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var (name, type) = table.Columns[column];
            command.Bind($"@{name}", type == typeof(long) ? Column<long?>(rows, column) : type == typeof(string) ? Column<string>(rows, column) : Column<byte[]>(rows, column));
        }

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
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
