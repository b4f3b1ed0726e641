using System.Data.Common;
using System.Globalization;
using AiObs.Cost;
using AiObs.Store.Sql;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Processes;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql;

public sealed class SchemaMigratorTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_ManyAtOnce_IsDoneOnce(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        using var one = new ChildWriter(database, first: 100, batchSize: 1, batchCount: 1);
        using var other = new ChildWriter(database, first: 200, batchSize: 1, batchCount: 1);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(
            async () => await database.OpenLog().AppendAsync(EventSamples.Events(number, 1), Stop), Stop)));
        await Task.WhenAll(one.FinishAsync(Stop), other.FinishAsync(Stop));

        Assert.Equal(10, await database.OpenLog().CountAsync(EventQuery.All, Stop));
        Assert.Equal("events/1,events/2", await VersionsAsync(database, kind));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_NewerSchema_SaysWhichAndWhatToDo(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        await database.ExecuteAsync("INSERT INTO aiobs_migrations VALUES ('events', 99, 0)", Stop);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await database.OpenLog().AppendAsync(EventSamples.Events(1, 1), Stop));

        Assert.StartsWith("The schema of the events in ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(" has version 99, and this version of AiObs knows 2 at most. Update the AiObs.Store packages of this application.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.OpenCosts().CountAsync(CostQuery.All, Stop));
        Assert.Equal(1L, Convert.ToInt64(await database.QueryAsync("SELECT count(*) FROM aiobs_events", Stop), CultureInfo.InvariantCulture));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_OnePartUsed_LeavesTheOtherOut(DatabaseKind kind)
    {
        await using var costs = await databases.CreateAsync(kind);
        Assert.True(await costs.OpenCosts().RecordAsync(CostSamples.Call(1), Stop));

        Assert.Equal("costs/1,costs/2,costs/3", await VersionsAsync(costs, kind));
        await Assert.ThrowsAnyAsync<DbException>(() => costs.QueryAsync("SELECT count(*) FROM aiobs_events", Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_PartsUsedInEitherOrder_HaveBothTheirTables(DatabaseKind kind)
    {
        await using var costsFirst = await databases.CreateAsync(kind);
        Assert.True(await costsFirst.OpenCosts().RecordAsync(CostSamples.Call(1), Stop));
        await costsFirst.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        await using var eventsFirst = await databases.CreateAsync(kind);
        await eventsFirst.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        Assert.True(await eventsFirst.OpenCosts().RecordAsync(CostSamples.Call(1), Stop));

        Assert.Equal("costs/1,costs/2,costs/3,events/1,events/2", await VersionsAsync(costsFirst, kind));
        Assert.Equal("costs/1,costs/2,costs/3,events/1,events/2", await VersionsAsync(eventsFirst, kind));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_FurtherStep_IsRunOnWhatIsThere(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenLog().AppendAsync(EventSamples.Events(0, 3), Stop);
        await using var opened = database.Open();
        var steps = opened.Dialect.MigrationsOf("events");
        Migration further = new(steps.Count + 1, "CREATE TABLE further AS SELECT count(*) AS events FROM aiobs_events");

        await new SchemaMigrator(opened.Dialect, "events", [.. steps, further], TimeProvider.System).MigrateAsync(Stop);

        Assert.Equal("events/1,events/2,events/3", await VersionsAsync(database, kind));
        Assert.Equal(3L, Convert.ToInt64(await database.QueryAsync("SELECT events FROM further", Stop), CultureInfo.InvariantCulture));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_StepThatFails_LeavesNothingBehind(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var opened = database.Open();
        var steps = opened.Dialect.MigrationsOf("events");
        var broken = steps[^1] with { Sql = steps[^1].Sql + "\nCREATE TABLE aiobs_events (x integer);" };

        await Assert.ThrowsAnyAsync<DbException>(
            async () => await new SchemaMigrator(opened.Dialect, "events", [.. steps.SkipLast(1), broken], TimeProvider.System).MigrateAsync(Stop));

        await Assert.ThrowsAnyAsync<DbException>(() => database.QueryAsync("SELECT count(*) FROM aiobs_events", Stop));
        await database.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        Assert.Equal("events/1,events/2", await VersionsAsync(database, kind));
    }

    [Theory]
    [InlineData("events", 2)]
    [InlineData("costs", 3)]
    [InlineData("traces", 3)]
    [InlineData("conversations", 3)]
    public async Task MigrationsOf_AllProviders_AreNumberedWithoutGaps(string part, int count)
    {
        await using var sqlite = new SqliteTestDatabase();
        await using var postgreSql = new PostgreSqlTestDatabase("Host=none");

        foreach (var migrations in new[] { sqlite.Open().Dialect.MigrationsOf(part), postgreSql.Open().Dialect.MigrationsOf(part) })
        {
            Assert.Equal(Enumerable.Range(1, count), migrations.Select(static migration => migration.Version));
            Assert.All(migrations, static migration => Assert.NotEmpty(migration.Sql));
        }
    }

    private static async Task<string?> VersionsAsync(TestDatabase database, DatabaseKind kind) => (string?)await database.QueryAsync(
        kind == DatabaseKind.Sqlite
            ? "SELECT group_concat(step) FROM (SELECT part || '/' || version AS step FROM aiobs_migrations ORDER BY part, version)"
            : "SELECT string_agg(part || '/' || version, ',' ORDER BY part, version) FROM aiobs_migrations",
        Stop);
}
