using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>Opens connections to a file.</summary>
internal sealed class SqliteFile
{
    private const int PollSeconds = 1;

    private readonly string _readers;
    private readonly string _writer;

    /// <exception cref="ArgumentException">The connection string names no file.</exception>
    public SqliteFile(string connectionString)
    {
        var parsed = new SqliteConnectionStringBuilder(connectionString);
        if (parsed.DataSource.Length == 0 || parsed.DataSource == ":memory:" || parsed.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException(
                "The connection string names no file. Give one, such as \"Data Source=aiobs.db\"; for a log in memory there is InMemoryEventLog.",
                nameof(connectionString));
        }

        Path = parsed.DataSource;
        BusyTimeout = parsed.DefaultTimeout == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(parsed.DefaultTimeout);
        _readers = connectionString;

        // The writer waits for its turn in short steps, so that a cancelled append does not wait to the end.
        parsed.DefaultTimeout = PollSeconds;
        parsed.Pooling = false;
        _writer = parsed.ConnectionString;
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets how long to wait for a lock: the <c>Default Timeout</c> of the connection string, 30 seconds unless it says otherwise.</summary>
    public TimeSpan BusyTimeout { get; }

    public SqliteConnection OpenReader()
    {
        var connection = Open(_readers);
        ExactSum.AddTo(connection);
        return connection;
    }

    public SqliteConnection OpenWriter()
    {
        var connection = Open(_writer);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = string.Create(
                CultureInfo.InvariantCulture,
                $"PRAGMA busy_timeout = {PollSeconds * 1000}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");

            // Switching to the write-ahead log takes the whole file for a moment, which others may want too.
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
        using var connection = new SqliteConnection(_readers);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
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
}
