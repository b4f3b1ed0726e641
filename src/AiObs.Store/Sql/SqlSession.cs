using System.Data.Common;

namespace AiObs.Store.Sql;

/// <summary>A connection for one piece of work, inside a transaction or not. What was not committed is rolled back.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">The transaction, if any.</param>
/// <param name="commands">The commands of the connection.</param>
/// <param name="release">Gives the connection back.</param>
/// <param name="confirm">Throws when what was committed is not where others look for it.</param>
internal sealed class SqlSession(
    DbConnection connection, DbTransaction? transaction, PreparedCommands commands, Func<SessionEnd, ValueTask> release, Action? confirm = null)
    : IAsyncDisposable
{
    private SessionEnd _end = SessionEnd.Clean;
    private bool _isOpen = transaction is not null;

    public DbConnection Connection => connection;

    /// <summary>Gets a value indicating whether there is a transaction that was not committed.</summary>
    public bool IsOpen => _isOpen;

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
            confirm?.Invoke();
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
            await TryAsync(() => transaction!.RollbackAsync(CancellationToken.None)).ConfigureAwait(false);
        }

        if (transaction is not null)
        {
            await TryAsync(() => transaction.DisposeAsync().AsTask()).ConfigureAwait(false);
        }

        await TryAsync(() => release(_end).AsTask()).ConfigureAwait(false);
    }

    private async ValueTask TryAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The steps after this one must happen whatever it throws; what the work itself has thrown is what the caller sees.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The database has rolled back by itself, or the connection is gone.
            _end = SessionEnd.Broken;
        }
    }
}
