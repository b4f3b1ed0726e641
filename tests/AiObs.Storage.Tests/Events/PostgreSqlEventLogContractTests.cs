using AiObs.Events.Log;
using AiObs.Storage.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Storage.Tests.Events;

public sealed class PostgreSqlEventLogContractTests(PostgreSqlFixture server) : EventLogContract, IAsyncDisposable
{
    private PostgreSqlTestDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<IEventLog> CreateLogAsync()
    {
        _database = await server.CreateDatabaseAsync();
        return _database.OpenLog();
    }
}
