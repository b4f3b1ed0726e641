using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>The files that a connection writes to, to see whether they are still those that everybody else opens.</summary>
internal sealed class OpenFiles : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly FileInfo _database;
    private readonly WriteAheadLog? _log;
    private long _length;

    public OpenFiles(SqliteConnection connection)
    {
        _connection = connection;
        _database = new FileInfo(raw.sqlite3_db_filename(connection.Handle, "main").utf8_to_string());
        _log = WriteAheadLog.Find(_database.FullName);

        // Longer than any file, so that the first look compares with what the log says.
        _length = long.MaxValue;
    }

    /// <summary>Gets a value indicating whether there is a write-ahead log. SQLite makes none where it cannot write.</summary>
    public bool HaveLog => _log is not null;

    /// <summary>Returns what somebody did to the files, if anything.</summary>
    public FileLoss FindLoss()
    {
        _database.Refresh();
        if (!_database.Exists || FileControl.HasMoved(_connection))
        {
            return FileLoss.Database;
        }

        // Windows does not let anybody delete what is open.
        if (!OperatingSystem.IsWindows() && _log?.IsUnderItsPath() != true)
        {
            return FileLoss.Log;
        }

        return IsCut() ? FileLoss.Pages : FileLoss.None;
    }

    public void Dispose() => _log?.Dispose();

    /// <summary>Tells whether the end of the database is missing, where it has become shorter. SQLite itself sees that only while the log is empty.</summary>
    private bool IsCut()
    {
        var length = _database.Length;
        while (length < _length && _log?.Completes(length) == false)
        {
            _database.Refresh();
            if (_database.Length == length)
            {
                return true;
            }

            // Somebody emptied the log in between.
            length = _database.Length;
        }

        _length = length;
        return false;
    }
}
