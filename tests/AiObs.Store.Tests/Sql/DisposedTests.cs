using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Sql;

/// <summary>What is asked of a log or of costs after their end is refused, and opens nothing again.</summary>
public sealed class DisposedTests(DatabaseFixture databases)
{
    private const string Application = "aiobs-disposed";

    private static readonly Dictionary<string, Func<IEventLog, ICostStore, ValueTask>> Uses = new()
    {
        ["append"] = static async (log, _) => await log.AppendAsync(EventSamples.Events(10, 1), Stop),
        ["list"] = static async (log, _) => await log.ListAsync(EventQuery.All, Stop),
        ["count"] = static async (log, _) => await log.CountAsync(EventQuery.All, Stop),
        ["count by type"] = static async (log, _) => await log.CountByTypeAsync(EventQuery.All, Stop),
        ["verify"] = static async (log, _) => await log.VerifyAsync(cancellationToken: Stop),
        ["erase"] = static async (log, _) => await log.EraseContentAsync(EventQuery.All, "asked to", Stop),
        ["retain"] = static async (log, _) => await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), Stop),
        ["wipe"] = static async (log, _) => await log.WipeErasedAsync(Stop),
        ["record a cost"] = static async (_, costs) => await costs.RecordAsync(CostSamples.Call(2), Stop),
        ["list costs"] = static async (_, costs) => await costs.ListAsync(CostQuery.All, Stop),
        ["count costs"] = static async (_, costs) => await costs.CountAsync(CostQuery.All, Stop),
        ["sum costs"] = static async (_, costs) => await costs.SumAsync(CostQuery.All, Stop),
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_Disposed_RefusesEverythingAndOpensNoFile()
    {
        await using var database = new SqliteTestDatabase();

        await AssertRefusedAsync(database);

        // SQLite removes the files beside the database with the last connection.
        Assert.Equal([database.Path], Directory.GetFiles(Path.GetDirectoryName(database.Path)!));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task PostgreSql_Disposed_RefusesEverythingAndConnectsToNothing()
    {
        await using var observer = await databases.CreatePostgreSqlAsync();
        await using var database = new PostgreSqlTestDatabase($"{observer.ConnectionString};Application Name={Application}");

        await AssertRefusedAsync(database, async () =>
        {
            while (await CountConnectionsAsync(observer) > 0)
            {
                // The server takes a moment to see that a connection was closed.
            }
        });

        Assert.Equal(0, await CountConnectionsAsync(observer));
    }

    private static async Task<long> CountConnectionsAsync(TestDatabase observer) =>
        (long)(await observer.QueryAsync($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{Application}'", Stop))!;

    private static async Task AssertRefusedAsync(TestDatabase database, Func<Task>? closed = null)
    {
        var (log, costs) = (database.OpenLog(), database.OpenCosts());
        foreach (var use in Uses.Values)
        {
            await use(log, costs);
        }

        await database.CloseAsync();
        await (closed?.Invoke() ?? Task.CompletedTask);

        foreach (var (name, use) in Uses)
        {
            var refused = await Record.ExceptionAsync(async () => await use(log, costs));
            Assert.True(refused is ObjectDisposedException, $"{name}: {refused}");
        }
    }
}
