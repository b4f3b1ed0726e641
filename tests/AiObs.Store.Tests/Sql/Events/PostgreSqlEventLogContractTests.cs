using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Events;

namespace AiObs.Store.Tests.Sql.Events;

public sealed class PostgreSqlEventLogContractTests(DatabaseFixture databases) : EventLogContract, IAsyncDisposable
{
    private PostgreSqlTestDatabase? _database;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<IEventLog> CreateLogAsync()
    {
        _database = await databases.CreatePostgreSqlAsync();
        return _database.OpenLog();
    }
}
