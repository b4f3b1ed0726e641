using System.Data.Common;

namespace AiObs.Store.Sql;

/// <summary>A connection for one piece of work, inside a transaction or not. What was not committed is rolled back.</summary>
internal sealed class SqlSession(
    DbConnection connection, DbTransaction? transaction, PreparedCommands commands, Func<SessionEnd, ValueTask> release) : IAsyncDisposable
{
    private SessionEnd _end = SessionEnd.Clean;
    private bool _isOpen = transaction is not null;

    public DbConnection Connection => connection;

    /// <summary>Returns the prepared command of a text; its parameters keep their values from one use to the next.</summary>
    public DbCommand Command(string sql) => commands.Get(sql, transaction);

    /// <summary>Runs a script that is needed once.</summary>
    public async ValueTask ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits. There is no token: a commit that was interrupted is one of which nobody knows whether it happened.</summary>
    public async ValueTask CommitAsync()
    {
        _isOpen = false;
        try
        {
            await transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            _end = SessionEnd.Broken;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOpen)
        {
            await RollBackAsync().ConfigureAwait(false);
        }

        if (transaction is not null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }

        await release(_end).ConfigureAwait(false);
    }

    private async ValueTask RollBackAsync()
    {
        try
        {
            await transaction!.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            // The database has rolled back by itself, or the connection is gone; the exception that led here is the one to see.
            _end = SessionEnd.Broken;
        }
    }
}
