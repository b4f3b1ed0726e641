using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>Says in plain words what went wrong, and what to do.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    public static StoreException Explain(SqliteFile file, DbException exception) =>
        exception is SqliteException { SqliteErrorCode: var code }
            ? new StoreException($"{Describe(file, code)} ({exception.Message})", code is Busy or Locked, exception)
            : new StoreException($"SQLite failed on {file.Path}. ({exception.Message})", isTransient: false, exception);

    private static string Describe(SqliteFile file, int code) => code switch
    {
        Busy or Locked => string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Path} was locked by another connection for {file.BusyTimeout.TotalSeconds} s. Find who holds a transaction open, or raise \"Default Timeout\" in the connection string."),
        ReadOnly => $"{file.Path} cannot be written to. Give this process write access to the file and its directory, and do not open it with \"Mode=ReadOnly\".",
        Corrupt or NotADatabase => $"{file.Path} is damaged, or not a SQLite database. Keep the file for examination, restore a backup or name another file.",
        Full => $"The disk that holds {file.Path} is full, or the database has reached its largest size. Make room; what was committed is safe.",
        CannotOpen => DescribeMissing(file),
        Constraint => $"{file.Path} refused a change that its rules do not allow. If nothing else writes to it, verify the log.",
        _ => $"SQLite failed on {file.Path}.",
    };

    private static string DescribeMissing(SqliteFile file)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(file.Path));
        return Directory.Exists(directory)
            ? $"{file.Path} cannot be opened. See that it exists or may be created, and that this process may read and write it."
            : $"{file.Path} cannot be opened: the directory {directory} does not exist. Create it, or name another file.";
    }
}
