using System.Globalization;
using AiObs.Events.Log;
using AiObs.Storage.Schema;
using AiObs.Storage.Tests.Databases;
using AiObs.Storage.Tests.Processes;
using AiObs.StoreContracts;

namespace AiObs.Storage.Tests.Schema;

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
        Assert.Equal("1,2", await VersionsAsync(database, kind));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_NewerSchema_SaysWhichAndWhatToDo(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        await database.ExecuteAsync("INSERT INTO aiobs_schema VALUES (99, 0)", Stop);

        var refused = await Assert.ThrowsAsync<StorageException>(async () => await database.OpenLog().AppendAsync(EventSamples.Events(1, 1), Stop));

        Assert.Contains("has version 99, and this version of AiObs knows 2 at most. Update the AiObs.Storage packages", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1L, Convert.ToInt64(await database.QueryAsync("SELECT count(*) FROM aiobs_events", Stop), CultureInfo.InvariantCulture));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_OlderSchemaWithData_AddsWhatIsMissing(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using (var opened = database.Open())
        {
            await new SchemaMigrator(opened.Dialect, [opened.Dialect.Migrations[0]], TimeProvider.System).MigrateAsync(Stop);
        }

        Assert.Equal("1", await VersionsAsync(database, kind));
        await database.ExecuteAsync(
            "INSERT INTO aiobs_event_writers (writer, opened_ticks, is_keyed, sequence, hash, seal) VALUES ('somebody', 1, 0, 0, '', '')", Stop);

        await database.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        Assert.True(await database.OpenCosts().RecordAsync(CostSamples.Call(1), Stop));

        Assert.Equal("1,2", await VersionsAsync(database, kind));
        Assert.Equal("somebody", await database.QueryAsync("SELECT writer FROM aiobs_event_writers WHERE ordinal = 1", Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task MigrateAsync_StepThatFails_LeavesNothingBehind(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var opened = database.Open();
        var broken = opened.Dialect.Migrations[0] with { Sql = opened.Dialect.Migrations[0].Sql + "\nCREATE TABLE aiobs_events (x integer);" };

        await Assert.ThrowsAnyAsync<Exception>(
            async () => await new SchemaMigrator(opened.Dialect, [broken], TimeProvider.System).MigrateAsync(Stop));

        Assert.Null(await database.QueryAsync(opened.Dialect.SchemaExistsSql, Stop) as string);
        await database.OpenLog().AppendAsync(EventSamples.Events(0, 1), Stop);
        Assert.Equal("1,2", await VersionsAsync(database, kind));
    }

    [Fact]
    public async Task Migrations_OfAllProviders_AreNumberedWithoutGaps()
    {
        await using var sqlite = new SqliteTestDatabase();
        await using var postgreSql = new PostgreSqlTestDatabase("Host=none");

        foreach (var migrations in new[] { sqlite.Open().Dialect.Migrations, postgreSql.Open().Dialect.Migrations })
        {
            Assert.Equal([1, 2], migrations.Select(static migration => migration.Version));
            Assert.All(migrations, static migration => Assert.NotEmpty(migration.Sql));
        }
    }

    private static async Task<string?> VersionsAsync(TestDatabase database, DatabaseKind kind) => (string?)await database.QueryAsync(
        kind == DatabaseKind.Sqlite
            ? "SELECT group_concat(version) FROM (SELECT version FROM aiobs_schema ORDER BY version)"
            : "SELECT string_agg(version::text, ',' ORDER BY version) FROM aiobs_schema",
        Stop);
}
