using AiObs.Store;
using AiObs.Store.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps stores in SQLite.</summary>
public static class AiObsSqliteStoreBuilderExtensions
{
    /// <summary>Keeps events and cost records in a SQLite file. The first use of either makes its tables.</summary>
    /// <param name="builder">The builder of the store.</param>
    /// <param name="connectionString">
    /// Where the file is, such as <c>Data Source=aiobs.db</c>; its directory must exist. <c>Default Timeout</c> says how many seconds to wait while another
    /// process writes, 30 unless it is given.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is empty, cannot be read or names no file.</exception>
    /// <remarks>
    /// Several processes of one machine may share the file; it must not lie on a network drive.
    /// </remarks>
    public static StoreBuilder UseSqlite(this StoreBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var file = new SqliteFile(connectionString);
        return SqlStoreRegistration.Use(builder, clock => new SqliteDialect(file, clock));
    }
}
