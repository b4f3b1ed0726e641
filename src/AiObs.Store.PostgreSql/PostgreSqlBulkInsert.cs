using AiObs.Store.Sql;

namespace AiObs.Store.PostgreSql;

/// <summary>Adds rows of any number with one statement and one round trip: a column of theirs is one array.</summary>
internal static class PostgreSqlBulkInsert
{
    private const string Verb = "INSERT";

    public static async ValueTask<long> InsertAsync(
        SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var arrays = string.Join(", ", table.Columns.Select(static column => $"@{column.Name}"));
        var command = write.Command(table.InsertSql(Verb, $"SELECT * FROM unnest({arrays}) AS n ({table.ColumnNames})"));
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
