using AiObs.Cost.Ledger;
using AiObs.Storage.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Storage.Tests.Costs;

public sealed class SqliteCostStoreContractTests : CostStoreContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<ICostStore> CreateStoreAsync() => new(_database.OpenCosts());
}
