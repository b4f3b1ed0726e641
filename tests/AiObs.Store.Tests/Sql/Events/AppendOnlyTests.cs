using System.Data.Common;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>The database itself refuses what a log never does.</summary>
public sealed class AppendOnlyTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static MatrixTheoryData<DatabaseKind, string> Refused { get; } = new(
        Enum.GetValues<DatabaseKind>(),
        [
            "UPDATE aiobs_events SET type = 'other' WHERE sequence = 2",
            "DELETE FROM aiobs_events WHERE sequence = 2",
            "DELETE FROM aiobs_events",
            "UPDATE aiobs_event_contents SET content = 'other'",
            "UPDATE aiobs_event_contents SET content = NULL, salt = NULL",
            "DELETE FROM aiobs_event_contents",
            "DELETE FROM aiobs_event_writers",
            "UPDATE aiobs_event_writers SET sequence = 1",
            "UPDATE aiobs_event_writers SET writer = 'other', sequence = sequence + 1",
        ]);

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Tables_ChangedBehindTheLog_RefuseIt(DatabaseKind kind, string sql)
    {
        await using var database = await databases.CreateAsync(kind);
        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Full(1), EventSamples.Full(2), EventSamples.Full(3)], Stop);

        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync(sql, Stop));

        var verification = await log.VerifyAsync(cancellationToken: Stop);
        Assert.True(verification.IsIntact);
        Assert.Equal(3, verification.EventCount);
    }

    [Theory]
    [InlineData("INSERT OR REPLACE INTO aiobs_events SELECT * FROM aiobs_events WHERE sequence = 1")]
    [InlineData("INSERT OR REPLACE INTO aiobs_events SELECT 100, id, 'w', 100, ticks, type, NULL, NULL, NULL, NULL, NULL, data, NULL, hash FROM aiobs_events WHERE sequence = 1")]
    [InlineData("INSERT OR REPLACE INTO aiobs_events SELECT 100, x'01', writer, 1, ticks, type, NULL, NULL, NULL, NULL, NULL, data, NULL, hash FROM aiobs_events WHERE sequence = 1")]
    [InlineData("INSERT OR REPLACE INTO aiobs_event_contents SELECT position, 'other', salt, NULL FROM aiobs_event_contents")]
    public async Task SqliteTables_RowsReplaced_RefuseIt(string sql)
    {
        await using var database = new SqliteTestDatabase();
        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Full(1), EventSamples.Full(2)], Stop);

        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync(sql, Stop));

        Assert.True((await log.VerifyAsync(cancellationToken: Stop)).IsIntact);
    }

    [Theory]
    [InlineData("aiobs_events")]
    [InlineData("aiobs_event_contents")]
    [InlineData("aiobs_event_writers")]
    [InlineData("aiobs_event_checkpoints")]
    [InlineData("aiobs_costs")]
    public async Task PostgreSqlTables_Truncated_RefuseIt(string table)
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await database.OpenLog().AppendAsync([EventSamples.Full(1)], Stop);

        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync($"TRUNCATE {table}", Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Tables_AfterRetention_RefuseToLoseMore(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var log = database.OpenLog();
        await log.AppendAsync(EventSamples.Events(0, 10), Stop);
        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 5), Stop);

        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync("DELETE FROM aiobs_events WHERE sequence = 7", Stop));
        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync("DELETE FROM aiobs_event_checkpoints", Stop));
        await Assert.ThrowsAnyAsync<DbException>(() => database.ExecuteAsync("UPDATE aiobs_event_checkpoints SET sequence = 10", Stop));

        Assert.True((await log.VerifyAsync(cancellationToken: Stop)).IsIntact);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Tables_OfANewDatabase_AreThoseOfTheEvents(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await database.OpenLog().CountAsync(EventQuery.All, Stop);

        var names = kind == DatabaseKind.Sqlite
            ? "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name)"
            : "SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace";

        Assert.Equal(
            "aiobs_event_checkpoints,aiobs_event_contents,aiobs_event_strays,aiobs_event_writers,aiobs_events,aiobs_migrations",
            await database.QueryAsync(names, Stop));
    }
}
