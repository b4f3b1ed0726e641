using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using Microsoft.Extensions.Time.Testing;

namespace AiObs.Store.Tests.Faults;

public sealed class DroppedTableTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, string, bool> Tables
    {
        get
        {
            var tables = new TheoryData<DatabaseKind, string, bool>();
            foreach (var table in new[] { "aiobs_events", "aiobs_event_contents", "aiobs_event_writers", "aiobs_migrations" })
            {
                tables.Add(DatabaseKind.Sqlite, table, true);
                tables.Add(DatabaseKind.Sqlite, table, false);
                tables.Add(DatabaseKind.PostgreSql, table, true);
                tables.Add(DatabaseKind.PostgreSql, table, false);
            }

            return tables;
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task AppendAsync_TableDropped_SaysSo(DatabaseKind kind, string table, bool isOpen)
    {
        await using var database = await databases.CreateAsync(kind);
        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Full(1)], Stop);
        await database.ExecuteAsync($"DROP TABLE {table}", Stop);
        if (isOpen && table == "aiobs_migrations")
        {
            // Nobody looks there again.
            await log.AppendAsync([EventSamples.Full(2)], Stop);
            return;
        }

        var refused = await Assert.ThrowsAsync<StoreException>(
            async () => await (isOpen ? log : database.OpenLog()).AppendAsync([EventSamples.Full(2)], Stop));

        Assert.StartsWith("A table of AiObs is missing from ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("somebody has dropped it", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsTransient);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task RecordAsync_TableDropped_SaysSo(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var costs = database.OpenCosts();
        await costs.RecordAsync(CostSamples.Call(1), Stop);
        await database.ExecuteAsync("DROP TABLE aiobs_costs" + (kind == DatabaseKind.PostgreSql ? " CASCADE" : ""), Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await costs.RecordAsync(CostSamples.Call(2), Stop));

        Assert.StartsWith("A table of AiObs is missing from ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Log_ClockInTheYearOne_Works(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var log = database.OpenLog(clock: new FakeTimeProvider(DateTimeOffset.MinValue));
        await log.AppendAsync([EventSamples.Full(1), EventSamples.Full(2)], Stop);

        Assert.Equal(2, (await log.EraseContentAsync(EventQuery.All, "asked to", Stop)).Count);
        Assert.Equal(2, (await log.ApplyRetentionAsync(new EventRetention(TimeSpan.FromDays(1), MaxEvents: 2), Stop)).Count);

        Assert.Empty((await log.VerifyAsync(cancellationToken: Stop)).Faults);
    }
}
