using System.Globalization;
using AiObs.Store.Sql;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>Opens connections to a file.</summary>
internal sealed class SqliteFile
{
    /// <summary>How many pages the write-ahead log takes before they are moved into the file: 16 MB. Pages of indexes are written again and again, and moved once; SQLite's own 4 MB cost a tenth of the throughput of spans.</summary>
    private const int PagesOfLog = 4_000;

    private readonly SqliteConnectionStringBuilder _readers;
    private readonly string _writer;
    private readonly Func<string, SqliteConnection> _connect;

    /// <param name="connectionString">The file, and how to open it.</param>
    /// <param name="connect">Makes a connection that is not open yet; the driver's own unless given.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or names no file.</exception>
    public SqliteFile(string connectionString, Func<string, SqliteConnection>? connect = null)
    {
        _connect = connect ?? (static text => new SqliteConnection(text));
        var parsed = Parse(connectionString);
        if (parsed.DataSource.Length == 0 || parsed.DataSource == ":memory:" || parsed.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException(
                "The connection string names no file. Give one, such as \"Data Source=aiobs.db\"; to keep things in memory there is UseInMemory().",
                nameof(connectionString));
        }

        Path = parsed.DataSource;
        BusyTimeout = parsed.DefaultTimeout == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(parsed.DefaultTimeout);
        _readers = new SqliteConnectionStringBuilder(connectionString);

        // The writer waits for its turn in short steps, so that a cancelled append does not wait to the end.
        parsed.DefaultTimeout = (int)Step.TotalSeconds;
        parsed.Pooling = false;
        _writer = parsed.ConnectionString;
    }

    /// <summary>Gets how long the writer waits at a time.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets how the file is opened.</summary>
    public SqliteOpenMode Mode => _readers.Mode;

    /// <summary>Gets a value indicating whether no file is made where there is none.</summary>
    public bool MakesNone => Mode is SqliteOpenMode.ReadOnly or SqliteOpenMode.ReadWrite;

    /// <summary>Tells whether another one is the same file.</summary>
    public bool IsSameAs(SqliteFile other) => System.IO.Path.GetFullPath(Path) == System.IO.Path.GetFullPath(other.Path);

    /// <summary>Gets how long to wait for a lock: the <c>Default Timeout</c> of the connection string, 30 seconds unless it says otherwise.</summary>
    public TimeSpan BusyTimeout { get; }

    public SqliteConnection OpenReader()
    {
        var connection = Open(_readers.ConnectionString);
        try
        {
            if (FileControl.HasMoved(connection))
            {
                // The pool had kept it since before.
                SqliteConnection.ClearPool(connection);
                throw SqliteErrors.Moved(this);
            }

            if (Mode == SqliteOpenMode.ReadOnly && !CanRead(connection))
            {
                connection.Dispose();
                connection = Open(UnchangingFile.ConnectionStringOf(_readers, Path));
            }

            ExactSum.AddTo(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenWriter()
    {
        var connection = Open(_writer);
        try
        {
            using var command = connection.CreateCommand();

            // The checks of the tables are for others: with a function in them SQLite journals every page that an insert touches, which takes half of its time.
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {Step.TotalMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {PagesOfLog}; PRAGMA secure_delete = ON; PRAGMA ignore_check_constraints = ON; PRAGMA schema_version;");

            // Switching to the write-ahead log takes the whole file for a moment, which others may want too; the last of these lines makes the log where there is none.
            command.CommandTimeout = BusyTimeout == Timeout.InfiniteTimeSpan ? 0 : (int)BusyTimeout.TotalSeconds;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the connections that the pool keeps open.</summary>
    public void CloseReaders()
    {
        using var connection = new SqliteConnection(_readers.ConnectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Closes a connection in whatever state it is.</summary>
    public static void Close(SqliteConnection connection, PreparedCommands commands)
    {
        try
        {
            commands.Dispose();
            connection.Dispose();
        }
        catch (SqliteException) when (connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) != 0)
        {
            // The driver insists on rolling back what SQLite has rolled back by itself, so it gets something to roll back.
            raw.sqlite3_exec(handle, "BEGIN");
            connection.Dispose();
        }
    }

    private static bool CanRead(SqliteConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA schema_version";
            command.ExecuteScalar();
            return true;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_CANTOPEN)
        {
            return false;
        }
    }

    private SqliteConnection Open(string connectionString)
    {
        var connection = _connect(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteErrors.Explain(this, exception);
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            // The text may hold a password, so the message does not repeat it. The driver's names the keyword alone.
            throw new ArgumentException(
                "The connection string cannot be read. Write the file as \"Data Source=aiobs.db\", and other keywords as Microsoft.Data.Sqlite knows them.",
                nameof(connectionString),
                exception);
        }
    }
}
