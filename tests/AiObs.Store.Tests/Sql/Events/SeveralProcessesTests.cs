using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Events;

public sealed class SeveralProcessesTests(DatabaseFixture databases)
{
    private const int BatchSize = 20;
    private const int BatchCount = 50;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task AppendAsync_TwoProcessesAtOnce_LeaveNoGapAndNoDouble(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        using var one = new ChildWriter(database, first: 0, BatchSize, BatchCount);
        using var other = new ChildWriter(database, first: BatchSize * BatchCount, BatchSize, BatchCount);
        var ends = Task.WhenAll(one.FinishAsync(Stop), other.FinishAsync(Stop));

        var seen = await FollowAsync(database.OpenLog(), ends);

        Assert.Equal(Enumerable.Range(0, 2 * BatchSize * BatchCount), seen.Order());
        var log = database.OpenLog();
        Assert.Equal(seen, await LogReading.NumbersAsync(log));
        var verification = await LogReading.AssertIntactAsync(log);
        Assert.Equal([BatchSize * BatchCount, BatchSize * BatchCount], verification.Anchors.Select(static anchor => anchor.Count));
    }

    [Fact]
    public async Task AppendAsync_FourInstancesOnPostgreSql_LeaveNoGapAndNoDouble()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                var log = database.OpenLog();
                for (var batch = 0; batch < BatchCount; batch++)
                {
                    await log.AppendAsync(EventSamples.Events(((writer * BatchCount) + batch) * BatchSize, BatchSize), Stop);
                }
            },
            Stop)));

        var seen = await FollowAsync(database.OpenLog(), writers);

        Assert.Equal(Enumerable.Range(0, 4 * BatchSize * BatchCount), seen.Order());
        var verification = await LogReading.AssertIntactAsync(database.OpenLog());
        Assert.Equal(Enumerable.Repeat((long)BatchSize * BatchCount, 4), verification.Anchors.Select(static anchor => anchor.Count));
    }

    /// <summary>Reads each page once while others append, as an exporter does that only ever goes on from its last cursor.</summary>
    private static async Task<List<int>> FollowAsync(IEventLog log, Task writers)
    {
        List<int> seen = [];
        var last = -1L;
        bool wereWriting;
        do
        {
            wereWriting = !writers.IsCompleted;
            var query = new EventQuery { PageSize = 100 };
            await foreach (var logged in log.ReadAsync(query, Stop))
            {
                // Only what was committed after everything that has been seen is new: positions are the order of commits.
                if (logged.Position > last)
                {
                    seen.Add(EventSamples.NumberOf(logged.Event.Id));
                    last = logged.Position;
                }
            }
        }
        while (wereWriting);

        await writers;
        return seen;
    }
}
