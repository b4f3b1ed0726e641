using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Traces;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class PostgreSqlTraceFeedTests(DatabaseFixture databases) : TraceFeedContract, IAsyncDisposable
{
    private PostgreSqlTestDatabase? _database;

    protected override bool IsPolled => true;

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async ValueTask<(ITraceStore Store, ITraceFeed Feed)> CreateAsync(TimeProvider clock)
    {
        _database = await databases.CreatePostgreSqlAsync();
        var store = _database.OpenTraces(clock);
        return (store, (ITraceFeed)store);
    }
}
