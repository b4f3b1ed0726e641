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
    private const int Error = 1;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Constraint = 19;
    private const int NotADatabase = 26;
    private const string Salvage = "Keep the file for examination, restore a backup or name another file.";

    public static StoreException Explain(SqliteFile file, DbException exception) =>
        exception is SqliteException { SqliteErrorCode: var code }
            ? new StoreException($"{Describe(file, code, exception.Message)} ({exception.Message})", code is Busy or Locked, exception)
            : new StoreException($"SQLite failed on {file.Path}. ({exception.Message})", isTransient: false, exception);

    /// <summary>Says that the file is not the one under its path any more.</summary>
    public static StoreException Moved(SqliteFile file) => new(
        $"{file.Path} was deleted, moved or replaced while it was open. What was acknowledged before is in the file that stood there. "
        + "The next use opens the one that stands there now; if there is none, it makes one, and the log in it starts anew.",
        isTransient: true)
    {
        HasLostPlace = true,
    };

    /// <summary>Says that the write-ahead log is not the one under its path any more.</summary>
    public static StoreException LogLost(SqliteFile file, bool isSaved) => new(
        $"The write-ahead log of {file.Path} was deleted, moved or replaced while it was open. " + (isSaved
            ? "What was acknowledged is safe: it was taken over into the database. Try again."
            : "It could not be taken over into the database, as somebody reads. Verify the log against anchors, and restore a backup if some is missing."),
        isTransient: true);

    /// <summary>Says that the end of the file is missing.</summary>
    public static StoreException Cut(SqliteFile file) => new($"{file.Path} is damaged: its end is missing. {Salvage}");

    /// <summary>Says that the place of the file lets nobody write.</summary>
    public static StoreException NotWritable(SqliteFile file) => new(DescribeReadOnly(file));

    private static string Describe(SqliteFile file, int code, string message) => code switch
    {
        Error when message.Contains("no such table", StringComparison.Ordinal) || message.Contains("already exists", StringComparison.Ordinal) =>
            $"A table of AiObs is missing from {file.Path}: somebody has dropped it. {Salvage}",
        InputOutput =>
            $"The disk or the file system that holds {file.Path} failed, or does not let files get larger. See what the system says of it; what was committed is safe.",
        Busy or Locked => string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Path} was locked by another connection for {file.BusyTimeout.TotalSeconds} s. Find who holds a transaction open, or raise \"Default Timeout\" in the connection string."),
        ReadOnly => DescribeReadOnly(file),
        Corrupt or NotADatabase => $"{file.Path} is damaged, or not a SQLite database. {Salvage}",
        Full => $"The disk that holds {file.Path} is full, or the database has reached its largest size. Make room; what was committed is safe.",
        CannotOpen => DescribeUnopened(file),
        Constraint => $"{file.Path} refused a change that its rules do not allow. If nothing else writes to it, verify the log.",
        _ => $"SQLite failed on {file.Path}.",
    };

    private static string DescribeReadOnly(SqliteFile file) =>
        $"{file.Path} cannot be written to. Give this process write access to the file and its directory, and do not open it with \"Mode=ReadOnly\".";

    private static string DescribeUnopened(SqliteFile file)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(file.Path));
        return !Directory.Exists(directory) ? $"{file.Path} cannot be opened: the directory {directory} does not exist. Create it, or name another file."
            : file.MakesNone && !File.Exists(file.Path) ? $"{file.Path} does not exist, and \"Mode={file.Mode}\" makes none. Name the file that is there, or leave \"Mode\" out."
            : $"{file.Path} cannot be opened. See that it exists or may be created, and that this process may read and write it."
                + (file.Mode == SqliteOpenMode.ReadOnly ? "" : " On media that cannot be written to, \"Mode=ReadOnly\" reads it.");
    }
}
