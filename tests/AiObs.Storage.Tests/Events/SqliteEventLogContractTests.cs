using AiObs.Events.Log;
using AiObs.Storage.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Storage.Tests.Events;

public sealed class SqliteEventLogContractTests : EventLogContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<IEventLog> CreateLogAsync() => new(_database.OpenLog());
}
