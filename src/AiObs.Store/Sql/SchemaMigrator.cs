using System.Globalization;

namespace AiObs.Store.Sql;

/// <summary>
/// Brings a part of a database up to the newest version of its schema. Any number of processes may do that at once: one works, the others find it done.
/// </summary>
/// <param name="dialect">The database.</param>
/// <param name="part">The part.</param>
/// <param name="migrations">The steps, in the order of their versions.</param>
/// <param name="clock">Says when a step was made.</param>
/// <param name="finish">What is left to do where a step was made, in the same transaction; it takes what no script has, such as a key.</param>
internal sealed class SchemaMigrator(
    SqlDialect dialect,
    string part,
    IReadOnlyList<Migration> migrations,
    TimeProvider clock,
    Func<SqlSession, CancellationToken, ValueTask>? finish = null)
{
    private const string Table = "aiobs_migrations";

    private const string TableSql =
        $"CREATE TABLE {Table} (part TEXT NOT NULL, version INTEGER NOT NULL, applied_ticks BIGINT NOT NULL, PRIMARY KEY (part, version))";

    private const string VersionSql = $"SELECT max(version) FROM {Table} WHERE part = @part";

    private const string AppliedSql = $"INSERT INTO {Table} (part, version, applied_ticks) VALUES (@part, @version, @ticks)";

    /// <summary>What databases of 0.1.0 have instead: one row for each of their two parts, which is at its first version.</summary>
    private const string FirstTable = "aiobs_schema";

    private const string FirstVersionSql =
        $"SELECT count(*) FROM {FirstTable} WHERE CASE version WHEN 1 THEN 'events' WHEN 2 THEN 'costs' END = @part";

    /// <summary>A version beyond those that 0.1.0 knows, so that it does not write to tables that are no longer its own.</summary>
    private const string EndOfFirstSql = $"INSERT INTO {FirstTable} (version, applied_ticks) SELECT 3, @ticks WHERE NOT EXISTS (SELECT 1 FROM {FirstTable} WHERE version = 3)";

    private readonly int _newest = migrations[^1].Version;

    /// <summary>Tells whether a part has been in a database, whatever has become of its tables.</summary>
    public static async ValueTask<bool> HasBeenAsync(SqlDialect dialect, SqlSession session, string part, CancellationToken cancellationToken) =>
        await ExistsAsync(dialect, session, Table, cancellationToken).ConfigureAwait(false)
        && await session.Command(VersionSql).Bind("@part", part).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not (null or DBNull);

    /// <summary>Migrates, without writing anything where nothing is to be done.</summary>
    /// <exception cref="StoreException">The part has a newer schema.</exception>
    public async ValueTask MigrateAsync(CancellationToken cancellationToken)
    {
        if (await FindVersionAsync(cancellationToken).ConfigureAwait(false) < _newest)
        {
            var write = await dialect.WriteAsync(cancellationToken).ConfigureAwait(false);
            await using (write.ConfigureAwait(false))
            {
                await ApplyAsync(write, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<int> FindVersionAsync(CancellationToken cancellationToken)
    {
        var read = await dialect.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using (read.ConfigureAwait(false))
        {
            return await FindVersionAsync(read, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ApplyAsync(SqlSession write, CancellationToken cancellationToken)
    {
        var version = await FindVersionAsync(write, cancellationToken).ConfigureAwait(false);
        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            await write.ExecuteAsync(migration.Sql, cancellationToken).ConfigureAwait(false);
            await NoteAsync(write, migration.Version, cancellationToken).ConfigureAwait(false);
        }

        if (version < _newest && finish is not null)
        {
            await finish(write, cancellationToken).ConfigureAwait(false);
        }

        if (await ExistsAsync(write, FirstTable, cancellationToken).ConfigureAwait(false))
        {
            await write.Command(EndOfFirstSql).Bind("@ticks", clock.GetUtcNow().UtcTicks).ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await write.CommitAsync().ConfigureAwait(false);
    }

    private async ValueTask NoteAsync(SqlSession write, int version, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(write, Table, cancellationToken).ConfigureAwait(false))
        {
            await write.ExecuteAsync(TableSql, cancellationToken).ConfigureAwait(false);
        }

        var applied = write.Command(AppliedSql).Bind("@part", part).Bind("@version", version).Bind("@ticks", clock.GetUtcNow().UtcTicks);
        await applied.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<int> FindVersionAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var number = Math.Max(
            await FindVersionAsync(session, Table, VersionSql, cancellationToken).ConfigureAwait(false),
            await FindVersionAsync(session, FirstTable, FirstVersionSql, cancellationToken).ConfigureAwait(false));
        return number <= _newest ? number : throw new StoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"The schema of the {part} in {dialect.Place} has version {number}, and this version of AiObs knows {_newest} at most. ")
            + "Update the AiObs.Store packages of this application.");
    }

    private async ValueTask<int> FindVersionAsync(SqlSession session, string table, string sql, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(session, table, cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var version = await session.Command(sql).Bind("@part", part).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return version is null or DBNull ? 0 : Convert.ToInt32(version, CultureInfo.InvariantCulture);
    }

    private ValueTask<bool> ExistsAsync(SqlSession session, string table, CancellationToken cancellationToken) => ExistsAsync(dialect, session, table, cancellationToken);

    private static async ValueTask<bool> ExistsAsync(SqlDialect dialect, SqlSession session, string table, CancellationToken cancellationToken) =>
        await session.Command(dialect.TableExistsSql).Bind("@table", table).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not (null or DBNull);
}
