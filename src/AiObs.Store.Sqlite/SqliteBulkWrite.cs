using AiObs.Store.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>Adds and removes rows one by one with a compiled statement, whose parameters are bound by their numbers: the driver looks each of them up by its name for every row.</summary>
/// <remarks>A failed insert does not undo itself, as the transaction will be: to be able to, SQLite would journal every page that it touches.</remarks>
internal static class SqliteBulkWrite
{
    private const string Verb = "INSERT OR FAIL";

    public static long Insert(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        Run(write, table.InsertSql(Verb, $"VALUES ({Parameters(table)})"), rows, cancellationToken);

    public static long Delete(SqlSession write, BulkTable table, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken) =>
        Run(write, $"DELETE FROM {table.Name} WHERE ({table.ColumnNames}) = ({Parameters(table)})", rows, cancellationToken);

    private static string Parameters(BulkTable table) => string.Join(", ", table.Columns.Select(static _ => "?"));

    private static long Run(SqlSession write, string sql, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        var database = ((SqliteConnection)write.Connection).Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out var statement), database);
        using (statement)
        {
            var count = 0L;
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var column = 0; column < row.Length; column++)
                {
                    Check(Bind(statement, column + 1, row[column]), database);
                }

                Check(raw.sqlite3_step(statement), database);
                count += raw.sqlite3_changes(database);
                Check(raw.sqlite3_reset(statement), database);
            }

            return count;
        }
    }

    private static int Bind(sqlite3_stmt statement, int number, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, number),
        long integer => raw.sqlite3_bind_int64(statement, number, integer),
        string text => raw.sqlite3_bind_text(statement, number, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, number, bytes),
        _ => throw new ArgumentException($"Tables have no {value.GetType()}.", nameof(value)),
    };

    /// <exception cref="SqliteException">SQLite has failed.</exception>
    private static void Check(int result, sqlite3 database)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }
    }
}
