using System.Globalization;
using System.Runtime.InteropServices;
using AiObs.Events;
using AiObs.Store.PostgreSql;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Events;
using AiObs.Store.Sqlite;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Processes;

/// <summary>Appends batches until it is killed or has no more, and says of each when it is acknowledged.</summary>
internal static class WriterProcess
{
    /// <summary>The switch that makes the test program this writer.</summary>
    public const string Switch = "--writer";

    /// <summary>What a line starts with that says why a batch was refused.</summary>
    public const string Refused = "refused: ";

    private const int FileSizeSignal = 25;

    public static bool IsMeant(string[] arguments) => arguments is [Switch, ..];

    /// <param name="arguments">The switch, the kind of database, its connection string, the number of the first event, of events per batch, and of batches.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var numbers = arguments[3..].Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();

        // A write beyond the limit on the size of files is to fail, not to end the process.
        using var limit = OperatingSystem.IsLinux() ? PosixSignalRegistration.Create((PosixSignal)FileSizeSignal, static signal => signal.Cancel = true) : null;
        await using var database = new SqlDatabase(DialectOf(arguments[1], arguments[2]), TimeProvider.System);
        using var log = SqlStoreRegistration.CreateLog("writer", database, options: null);
        for (var (first, size, left) = (numbers[0], numbers[1], numbers[2]); left > 0; first += size, left--)
        {
            await AppendAsync(log, [.. Enumerable.Range(first, size).Select(static number => EventSamples.Full(number))]);
            await Console.Out.WriteLineAsync(first.ToString(CultureInfo.InvariantCulture));
            await Console.Out.FlushAsync();
        }

        return 0;
    }

    /// <summary>Appends a batch. When the database refuses it, says why and tries again when it is told to; without anybody who tells it, it ends.</summary>
    private static async Task AppendAsync(SqlEventLog log, AgentEvent[] events)
    {
        while (true)
        {
            try
            {
                await log.AppendAsync(events);
                return;
            }
            catch (StoreException refused)
            {
                await Console.Out.WriteLineAsync(Refused + refused.Message.ReplaceLineEndings(" "));
                await Console.Out.FlushAsync();
                if (await Console.In.ReadLineAsync() is null)
                {
                    throw;
                }
            }
        }
    }

    public static SqlDialect DialectOf(string kind, string connectionString) => kind == "sqlite"
        ? new SqliteDialect(new SqliteFile(connectionString), TimeProvider.System)
        : new PostgreSqlDialect(PostgreSqlSource.Create(connectionString), ownsSource: true);
}
