using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class PostgreSqlTraceStoreContractTests(DatabaseFixture databases) : TraceStoreContract, IAsyncDisposable
{
    private PostgreSqlTestDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<ITraceStore> CreateStoreAsync(TimeProvider clock)
    {
        _database = await databases.CreatePostgreSqlAsync();
        return _database.OpenTraces(clock);
    }
}
