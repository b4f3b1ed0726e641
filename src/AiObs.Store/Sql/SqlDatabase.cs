namespace AiObs.Store.Sql;

/// <summary>A database, each part of which has its schema brought up to date before its first use: parts that are never used have no tables.</summary>
internal sealed class SqlDatabase(SqlDialect dialect, TimeProvider clock) : IAsyncDisposable, IDisposable
{
    private readonly Turn _migration = new(dialect);
    private readonly Dictionary<string, Func<SqlSession, CancellationToken, ValueTask>> _finishes = new(StringComparer.Ordinal);
    private volatile string[] _upToDate = [];

    public SqlDialect Dialect => dialect;

    public TimeProvider Clock => clock;

    /// <summary>Says, before its first use, what is left to do where a part was brought up to date, in the same transaction.</summary>
    public void Finish(string part, Func<SqlSession, CancellationToken, ValueTask> finish) => _finishes[part] = finish;

    /// <summary>Runs queries on a connection.</summary>
    public async ValueTask<T> ReadAsync<T>(string part, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(part, cancellationToken).ConfigureAwait(false);
        return await RunAsync(dialect.ReadAsync(cancellationToken), work).ConfigureAwait(false);
    }

    /// <summary>Runs queries that all see the database as it is at the first of them.</summary>
    public async ValueTask<T> ReadSnapshotAsync<T>(string part, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(part, cancellationToken).ConfigureAwait(false);
        return await RunAsync(dialect.ReadSnapshotAsync(cancellationToken), work).ConfigureAwait(false);
    }

    /// <summary>Runs a transaction while nobody else writes; what the work does not commit is rolled back.</summary>
    public async ValueTask<T> WriteAsync<T>(string part, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(part, cancellationToken).ConfigureAwait(false);
        return await RunAsync(dialect.WriteAsync(cancellationToken), work).ConfigureAwait(false);
    }

    /// <summary>Runs a transaction beside which others may write; what the work does not commit is rolled back.</summary>
    public async ValueTask<T> WriteSharedAsync<T>(string part, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(part, cancellationToken).ConfigureAwait(false);
        return await RunAsync(dialect.WriteSharedAsync(cancellationToken), work).ConfigureAwait(false);
    }

    /// <summary>Runs a transaction while nobody else writes in bulk; what the work does not commit is rolled back.</summary>
    public async ValueTask<T> WriteBulkAsync<T>(string part, Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(part, cancellationToken).ConfigureAwait(false);
        return await RunAsync(dialect.WriteBulkAsync(cancellationToken), work).ConfigureAwait(false);
    }

    /// <summary>Wipes what was erased, if that can be done now.</summary>
    /// <returns>Whether it is done.</returns>
    public async ValueTask<bool> WipeErasedAsync(string part, CancellationToken cancellationToken)
    {
        await BringUpToDateAsync(part, cancellationToken).ConfigureAwait(false);
        return await dialect.WipeErasedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes in a blocking way, for containers that are disposed so: they refuse what can only be awaited.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        _migration.Close();
        await dialect.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<T> RunAsync<T>(ValueTask<SqlSession> opening, Func<SqlSession, ValueTask<T>> work)
    {
        try
        {
            var session = await opening.ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                return await work(session).ConfigureAwait(false);
            }
        }
        catch (ObjectDisposedException exception) when (dialect.MeantBy(exception) is { } meant)
        {
            _upToDate = [];
            throw meant;
        }
        catch
        {
            // The next use looks again: the database may be another one by then, put back or made anew.
            _upToDate = [];
            throw;
        }
    }

    /// <summary>Brings a part up to date before a transaction of another part that uses its tables too.</summary>
    public ValueTask PrepareAsync(string part, CancellationToken cancellationToken) => BringUpToDateAsync(part, cancellationToken);

    /// <summary>Migrates a part once; an attempt that failed is made again, so that an application may start before its database.</summary>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    private async ValueTask BringUpToDateAsync(string part, CancellationToken cancellationToken)
    {
        _migration.ThrowIfClosed();
        if (_upToDate.Contains(part))
        {
            return;
        }

        await _migration.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_upToDate.Contains(part))
            {
                await new SchemaMigrator(dialect, part, dialect.MigrationsOf(part), clock, _finishes.GetValueOrDefault(part)).MigrateAsync(cancellationToken).ConfigureAwait(false);
                _upToDate = [.. _upToDate, part];
            }
        }
        finally
        {
            _migration.Give();
        }
    }
}
