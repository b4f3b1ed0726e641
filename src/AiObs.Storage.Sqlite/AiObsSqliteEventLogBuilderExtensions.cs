using AiObs.Storage;
using AiObs.Storage.Sqlite;

namespace AiObs.Events.Log;

/// <summary>Keeps event logs in SQLite.</summary>
public static class AiObsSqliteEventLogBuilderExtensions
{
    /// <summary>Keeps the events, and the cost records of <c>ICostStore</c>, in a SQLite file. The first use makes the tables.</summary>
    /// <param name="builder">The builder of the log.</param>
    /// <param name="connectionString">
    /// Where the file is, such as <c>Data Source=aiobs.db</c>; its directory must exist. <c>Default Timeout</c> says how many seconds to wait while another
    /// process writes, 30 unless it is given.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is empty or names no file.</exception>
    /// <remarks>
    /// Several processes of one machine may share the file; it must not lie on a network drive.
    /// </remarks>
    public static EventLogBuilder UseSqlite(this EventLogBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var file = new SqliteFile(connectionString);
        return StorageRegistration.Use(builder, (_, clock) => new SqliteDialect(file, clock));
    }
}
