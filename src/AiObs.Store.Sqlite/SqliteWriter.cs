using System.Globalization;
using AiObs.Store.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>The one connection of a process that writes to a file, with its compiled commands.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int Busy = 5;

    private readonly SqliteFile _file;
    private readonly TimeProvider _clock;
    private readonly OpenFiles _open;

    /// <exception cref="StoreException">The file cannot be written to.</exception>
    public SqliteWriter(SqliteFile file, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        Connection = file.OpenWriter();
        Commands = new PreparedCommands(Connection);
        _open = new OpenFiles(Connection);
        if (!_open.HaveLog)
        {
            Dispose();
            throw SqliteErrors.NotWritable(file);
        }
    }

    public SqliteConnection Connection { get; }

    public PreparedCommands Commands { get; }

    /// <summary>Begins a transaction that has the file's write lock.</summary>
    /// <exception cref="StoreException">The file is not the one under its path any more.</exception>
    /// <exception cref="ObjectDisposedException">The turn was closed.</exception>
    public SqliteTransaction Begin(Turn turn, CancellationToken cancellationToken)
    {
        ThrowIfLost();
        long? firstRefused = null;
        while (true)
        {
            turn.ThrowIfClosed();
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Connection.BeginTransaction(deferred: false);
            }
            catch (SqliteException exception) when (exception.SqliteErrorCode == Busy && HasTime(firstRefused ??= _clock.GetTimestamp()))
            {
                // Another process writes. The wait was a step of a second, in which SQLite tried again and again.
            }
        }
    }

    /// <summary>Makes sure that what was committed is in the files under the path: nobody who opens them later would find it otherwise.</summary>
    /// <exception cref="StoreException">It is not.</exception>
    public void ThrowIfLost()
    {
        switch (_open.FindLoss())
        {
            case FileLoss.Database:
                // So that a file that was moved has all that was committed, and one that was put in its place is not taken for the one that the log belongs to.
                TryEmptyLog(SqliteFile.Step);
                throw SqliteErrors.Moved(_file);
            case FileLoss.Log:
                throw SqliteErrors.LogLost(_file, isSaved: TryEmptyLog(SqliteFile.Step));
            case FileLoss.Pages:
                // Emptying the log would make the file long enough again, and hide that there is nothing in between.
                raw.sqlite3_db_config(Connection.Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
                throw SqliteErrors.Cut(_file);
        }
    }

    /// <summary>Moves the write-ahead log into the database and cuts it to nothing, unless a reader still needs it after some patience.</summary>
    /// <returns>Whether it is empty.</returns>
    public bool TryEmptyLog(TimeSpan patience)
    {
        try
        {
            SetBusyTimeout(patience);
            using var command = Connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using var reader = command.ExecuteReader();
            var isEmpty = reader.Read() && reader.GetInt32(0) == 0;
            SetBusyTimeout(SqliteFile.Step);
            return isEmpty;
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
        _open.Dispose();
        SqliteFile.Close(Connection, Commands);
    }

    private void SetBusyTimeout(TimeSpan patience)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {patience.TotalMilliseconds}");
        command.ExecuteNonQuery();
    }

    private bool HasTime(long started) => _file.BusyTimeout == Timeout.InfiniteTimeSpan || _clock.GetElapsedTime(started) < _file.BusyTimeout;
}
