using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Traces;

namespace AiObs.Store.Tests.Sql.Traces;

public sealed class SqliteTraceFeedTests : TraceFeedContract, IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    protected override bool IsPolled => true;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override ValueTask<(ITraceStore Store, ITraceFeed Feed)> CreateAsync(TimeProvider clock)
    {
        var store = _database.OpenTraces(clock);
        return new((store, (ITraceFeed)store));
    }
}
