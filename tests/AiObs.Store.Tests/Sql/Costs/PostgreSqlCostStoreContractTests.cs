using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

public sealed class PostgreSqlCostStoreContractTests(DatabaseFixture databases) : CostStoreContract, IAsyncDisposable
{
    private PostgreSqlTestDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<ICostStore> CreateStoreAsync()
    {
        _database = await databases.CreatePostgreSqlAsync();
        return _database.OpenCosts();
    }
}
