using System.Globalization;

namespace AiObs.Storage.Schema;

/// <summary>Brings a database up to the newest version of the schema. Any number of processes may do that at once: one works, the others find it done.</summary>
internal sealed class SchemaMigrator(SqlDialect dialect, IReadOnlyList<Migration> migrations, TimeProvider clock)
{
    private const string VersionSql = "SELECT max(version) FROM aiobs_schema";

    // After the first step, so that the events are the first table of a database.
    private const string VersionTableSql = "CREATE TABLE aiobs_schema (version INTEGER PRIMARY KEY, applied_ticks BIGINT NOT NULL)";

    private const string AppliedSql = "INSERT INTO aiobs_schema (version, applied_ticks) VALUES (@version, @ticks)";

    private readonly int _newest = migrations[^1].Version;

    /// <summary>Migrates, without writing anything where nothing is to be done.</summary>
    /// <exception cref="StorageException">The database has a newer schema.</exception>
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
            if (migration.Version == migrations[0].Version)
            {
                await write.ExecuteAsync(VersionTableSql, cancellationToken).ConfigureAwait(false);
            }

            var applied = write.Command(AppliedSql).Bind("@version", migration.Version).Bind("@ticks", clock.GetUtcNow().UtcTicks);
            await applied.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await write.CommitAsync().ConfigureAwait(false);
    }

    private async ValueTask<int> FindVersionAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var exists = await session.Command(dialect.SchemaExistsSql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        if (exists is null or DBNull)
        {
            return 0;
        }

        var version = await session.Command(VersionSql).ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        var number = Convert.ToInt32(version, CultureInfo.InvariantCulture);
        return number <= _newest ? number : throw new StorageException(string.Create(
            CultureInfo.InvariantCulture,
            $"The schema in {dialect.Place} has version {number}, and this version of AiObs knows {_newest} at most. ")
            + "Update the AiObs.Storage packages of this application.");
    }
}
