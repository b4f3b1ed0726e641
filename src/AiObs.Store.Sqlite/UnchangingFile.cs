using Microsoft.Data.Sqlite;

namespace AiObs.Store.Sqlite;

/// <summary>Reads a file on media that nobody can write to. SQLite needs files beside a log to read it, unless it is told that nothing changes.</summary>
internal static class UnchangingFile
{
    /// <exception cref="StoreException">The write-ahead log beside the file holds a part of it, and only a place where files can be made lets SQLite read that.</exception>
    public static string ConnectionStringOf(SqliteConnectionStringBuilder readers, string path)
    {
        var file = new FileInfo(path);
        var log = new FileInfo(file.FullName + "-wal");
        if (log is { Exists: true, Length: > 0 })
        {
            throw new StoreException(
                $"{path} cannot be read where it is: a part of it is in {log.Name}, and nothing can be written beside it. Copy both to a directory that can be written to, and open them there.");
        }

        return new SqliteConnectionStringBuilder(readers.ConnectionString) { DataSource = $"{new Uri(file.FullName).AbsoluteUri}?immutable=1", Pooling = false }.ConnectionString;
    }
}
