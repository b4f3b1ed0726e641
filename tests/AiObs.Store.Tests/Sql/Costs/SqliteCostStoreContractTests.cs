using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Costs;

public sealed class SqliteCostStoreContractTests : CostStoreContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<ICostStore> CreateStoreAsync() => new(_database.OpenCosts());
}
