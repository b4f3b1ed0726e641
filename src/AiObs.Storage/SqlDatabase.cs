using AiObs.Storage.Schema;

namespace AiObs.Storage;

/// <summary>A database whose schema is brought up to date before its first use.</summary>
internal sealed class SqlDatabase(SqlDialect dialect, TimeProvider clock) : IAsyncDisposable
{
    private readonly SchemaMigrator _migrator = new(dialect, dialect.Migrations, clock);
    private readonly SemaphoreSlim _migration = new(1, 1);
    private volatile bool _isUpToDate;

    public SqlDialect Dialect => dialect;

    public TimeProvider Clock => clock;

    /// <inheritdoc cref="SqlDialect.ReadAsync"/>
    public async ValueTask<SqlSession> ReadAsync(CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(cancellationToken).ConfigureAwait(false);
        return await dialect.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SqlDialect.ReadSnapshotAsync"/>
    public async ValueTask<SqlSession> ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(cancellationToken).ConfigureAwait(false);
        return await dialect.ReadSnapshotAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SqlDialect.WriteAsync"/>
    public async ValueTask<SqlSession> WriteAsync(CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(cancellationToken).ConfigureAwait(false);
        return await dialect.WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await dialect.DisposeAsync().ConfigureAwait(false);
        _migration.Dispose();
    }

    /// <summary>Migrates once; an attempt that failed is made again, so that an application may start before its database.</summary>
    private async ValueTask BringUpToDateAsync(CancellationToken cancellationToken)
    {
        if (_isUpToDate)
        {
            return;
        }

        await _migration.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isUpToDate)
            {
                await _migrator.MigrateAsync(cancellationToken).ConfigureAwait(false);
                _isUpToDate = true;
            }
        }
        finally
        {
            _migration.Release();
        }
    }
}
