using System.Data.Common;
using AiObs.Cost;
using AiObs.Store.Sql;
using AiObs.Store.Sql.Conversations;

namespace AiObs.Store.Tests.Databases;

/// <summary>Is an empty database of a test's own, on which any number of logs can be opened, as by processes that share it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<SqlDatabase> _opened = [];
    private readonly List<SqlConversationStore> _stores = [];

    /// <summary>Gets what another process needs to open the same database.</summary>
    public abstract string[] ProcessArguments { get; }

    /// <summary>Opens a log, with a writer of its own.</summary>
    public IEventLog OpenLog(EventLogOptions? options = null, TimeProvider? clock = null, string name = "test") =>
        SqlStoreRegistration.CreateLog(name, Open(clock), options);

    /// <summary>Opens a cost store.</summary>
    public ICostStore OpenCosts(string name = "test", EventLogOptions? options = null) => SqlStoreRegistration.CreateCosts(name, Open(), options);

    /// <summary>Opens a trace store.</summary>
    public ITraceStore OpenTraces(TimeProvider? clock = null, string name = "test") => SqlStoreRegistration.CreateTraces(name, Open(clock));

    /// <summary>Opens a conversation store, in a database that keeps events too or in one that does not.</summary>
    internal (SqlConversationStore Store, IEventLog Log) OpenConversations(bool withEvents = true, TimeProvider? clock = null, string name = "test")
    {
        var database = Open(clock);
        var log = SqlStoreRegistration.CreateLog(name, database, options: null);
        var store = SqlStoreRegistration.CreateConversations(name, database, withEvents ? log : null);
        _stores.Add(store);
        return (store, log);
    }

    /// <summary>Opens a connection to look at the tables, or to tamper with them.</summary>
    public abstract ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Takes away what refuses changes, as somebody does who can do that.</summary>
    public abstract Task DropRulesAsync(CancellationToken cancellationToken);

    /// <summary>Runs statements behind the API.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<object?> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what was opened so far, as when the process ends.</summary>
    public async Task CloseAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _stores.Clear();
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }

        _opened.Clear();
    }

    internal SqlDatabase Open(TimeProvider? clock = null)
    {
        var database = new SqlDatabase(CreateDialect(clock ?? TimeProvider.System), clock ?? TimeProvider.System);
        _opened.Add(database);
        return database;
    }

    private protected abstract SqlDialect CreateDialect(TimeProvider clock);
}
