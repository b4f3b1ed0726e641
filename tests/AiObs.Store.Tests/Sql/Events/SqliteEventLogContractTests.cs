using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Events;

namespace AiObs.Store.Tests.Sql.Events;

public sealed class SqliteEventLogContractTests : EventLogContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<IEventLog> CreateLogAsync() => new(_database.OpenLog());
}
