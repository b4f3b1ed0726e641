using AiObs.Storage;
using AiObs.Storage.PostgreSql;
using Npgsql;

namespace AiObs.Events.Log;

/// <summary>Keeps event logs in PostgreSQL.</summary>
public static class AiObsPostgreSqlEventLogBuilderExtensions
{
    /// <summary>Keeps the events, and the cost records of <c>ICostStore</c>, in PostgreSQL. The first use makes the tables.</summary>
    /// <param name="builder">The builder of the log.</param>
    /// <param name="connectionString">The database. <c>Search Path</c> names another schema than <c>public</c> to make the tables in; it must exist.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is empty or malformed.</exception>
    /// <remarks>
    /// Any number of instances of an application may share the database. Statements are prepared on each connection; where a pooler stands in between that
    /// cannot have that, <c>Max Auto Prepare=0</c> turns it off.
    /// </remarks>
    public static EventLogBuilder UsePostgreSql(this EventLogBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        _ = new NpgsqlConnectionStringBuilder(connectionString);
        return StorageRegistration.Use(builder, (_, _) => new PostgreSqlDialect(PostgreSqlSource.Create(connectionString), ownsSource: true));
    }

    /// <summary>Keeps the events, and the cost records of <c>ICostStore</c>, in PostgreSQL. The first use makes the tables.</summary>
    /// <param name="builder">The builder of the log.</param>
    /// <param name="dataSource">Where connections come from; the application disposes it, after the log.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="dataSource"/> is <see langword="null"/>.</exception>
    /// <remarks>Any number of instances of an application may share the database.</remarks>
    public static EventLogBuilder UsePostgreSql(this EventLogBuilder builder, NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        return StorageRegistration.Use(builder, (_, _) => new PostgreSqlDialect(dataSource, ownsSource: false));
    }
}
