using AiObs.Store.Sql;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>The one connection of a process that writes to a file, with its compiled commands.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int Busy = 5;

    private readonly SqliteFile _file;
    private readonly TimeProvider _clock;

    public SqliteWriter(SqliteFile file, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        Connection = file.OpenWriter();
        Commands = new PreparedCommands(Connection);
    }

    public SqliteConnection Connection { get; }

    public PreparedCommands Commands { get; }

    /// <summary>Begins a transaction that has the file's write lock.</summary>
    public SqliteTransaction Begin(CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Connection.BeginTransaction(deferred: false);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == Busy && HasTime(started))
            {
                // Another process writes. The wait was a step of a second, in which SQLite tried again and again.
            }
        }
    }

    /// <summary>Moves the write-ahead log into the database and cuts it to nothing; does nothing when a reader still needs it.</summary>
    public bool TryEmptyLog()
    {
        try
        {
            using var command = Connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using var reader = command.ExecuteReader();
            return reader.Read() && reader.GetInt32(0) == 0;
        }
        catch (SqliteException)
        {
            // What was committed is safe in the log; emptying it can wait.
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Commands.Dispose();
        Connection.Dispose();
    }

    private bool HasTime(long started) => _file.BusyTimeout == Timeout.InfiniteTimeSpan || _clock.GetElapsedTime(started) < _file.BusyTimeout;
}
