using AiObs.Store.Sql;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>Adds rows one by one with a compiled statement, which is the fastest that SQLite offers.</summary>
/// <remarks>A failed insert does not undo itself, as the transaction will be: to be able to, SQLite would journal every page that it touches.</remarks>
internal static class SqliteBulkInsert
{
    private const string Verb = "INSERT OR FAIL";

    public static long Insert(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var command = (SqliteCommand)write.Command(table.InsertSql(Verb, $"VALUES ({string.Join(", ", table.Columns.Select(static column => $"@{column.Name}"))})"));
        for (var column = command.Parameters.Count; column < table.Columns.Count; column++)
        {
            command.Parameters.Add(new SqliteParameter($"@{table.Columns[column].Name}", null));
        }

        var count = 0L;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var column = 0; column < row.Length; column++)
            {
                command.Parameters[column].Value = row[column] ?? DBNull.Value;
            }

            count += command.ExecuteNonQuery();
        }

        return count;
    }
}
