using AiObs.Store;
using AiObs.Store.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps stores in SQLite.</summary>
public static class AiObsSqliteStoreBuilderExtensions
{
    /// <summary>
    /// Keeps events, cost records and conversations in a SQLite file, and traces in one of their own beside it: they are much, and evidence does not wait behind them. The first
    /// use of each makes its tables.
    /// </summary>
    /// <param name="builder">The builder of the store.</param>
    /// <param name="connectionString">
    /// Where the file is, such as <c>Data Source=aiobs.db</c>; its directory must exist. <c>Default Timeout</c> says how many seconds to wait while another
    /// process writes, 30 unless it is given.
    /// </param>
    /// <param name="tracesConnectionString">
    /// Where the file of the traces is. By default it has <c>-traces</c> at the end of the name, such as <c>aiobs-traces.db</c>, and everything else as the first; where
    /// the first has that already, it is the same. Give the first again to keep all in one file.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A connection string is empty, cannot be read or names no file.</exception>
    /// <remarks>
    /// Several processes of one machine may share the files; they must not lie on a network drive.
    /// </remarks>
    public static StoreBuilder UseSqlite(this StoreBuilder builder, string connectionString, string? tracesConnectionString = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var file = new SqliteFile(connectionString);
        var traces = new SqliteFile(tracesConnectionString ?? TracesFile.ConnectionStringOf(connectionString));
        return SqlStoreRegistration.Use(
            builder,
            clock => new SqliteDialect(file, clock),
            traces.IsSameAs(file) ? null : clock => new SqliteDialect(traces, clock));
    }
}
