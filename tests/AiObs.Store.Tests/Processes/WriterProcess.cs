using System.Globalization;
using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Sqlite;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Processes;

/// <summary>Appends batches until it is killed or has no more, and says of each when it is acknowledged.</summary>
internal static class WriterProcess
{
    /// <summary>The switch that makes the test program this writer.</summary>
    public const string Switch = "--writer";

    public static bool IsMeant(string[] arguments) => arguments is [Switch, ..];

    /// <param name="arguments">The switch, the kind of database, its connection string, the number of the first event, of events per batch, and of batches.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var numbers = arguments[3..].Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        await using var database = new SqlDatabase(DialectOf(arguments[1], arguments[2]), TimeProvider.System);
        using var log = SqlStoreRegistration.CreateLog("writer", database, options: null);
        for (var (first, size, left) = (numbers[0], numbers[1], numbers[2]); left > 0; first += size, left--)
        {
            await log.AppendAsync([.. Enumerable.Range(first, size).Select(static number => EventSamples.Full(number))]);
            await Console.Out.WriteLineAsync(first.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }

        return 0;
    }

    private static SqlDialect DialectOf(string kind, string connectionString) => kind == "sqlite"
        ? new SqliteDialect(new SqliteFile(connectionString), TimeProvider.System)
        : new PostgreSqlDialect(PostgreSqlSource.Create(connectionString), ownsSource: true);
}
