using AiObs.Store;
using AiObs.Store.PostgreSql;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps stores in PostgreSQL.</summary>
public static class AiObsPostgreSqlStoreBuilderExtensions
{
    /// <summary>Keeps events, cost records, traces and conversations in PostgreSQL. The first use of each makes its tables.</summary>
    /// <param name="builder">The builder of the store.</param>
    /// <param name="connectionString">The database. <c>Search Path</c> names another schema than <c>public</c> to make the tables in; it must exist.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is empty or malformed.</exception>
    /// <remarks>
    /// Any number of instances of an application may share the database. Statements are prepared on each connection; where a pooler stands in between that
    /// cannot have that, <c>Max Auto Prepare=0</c> turns it off.
    /// </remarks>
    public static StoreBuilder UsePostgreSql(this StoreBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _ = new NpgsqlConnectionStringBuilder(connectionString);
        return SqlStoreRegistration.Use(builder, _ => new PostgreSqlDialect(PostgreSqlSource.Create(connectionString), ownsSource: true));
    }

    /// <summary>Keeps events, cost records, traces and conversations in PostgreSQL. The first use of each makes its tables.</summary>
    /// <param name="builder">The builder of the store.</param>
    /// <param name="dataSource">Where connections come from; the application disposes it, after the store.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="dataSource"/> is <see langword="null"/>.</exception>
    /// <remarks>Any number of instances of an application may share the database.</remarks>
    public static StoreBuilder UsePostgreSql(this StoreBuilder builder, NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        return SqlStoreRegistration.Use(builder, _ => new PostgreSqlDialect(dataSource, ownsSource: false));
    }
}
