using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class SqliteTraceStoreContractTests : TraceStoreContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<ITraceStore> CreateStoreAsync(TimeProvider clock) => new(_database.OpenTraces(clock));
}
