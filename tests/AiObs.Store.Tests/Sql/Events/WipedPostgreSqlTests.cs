using System.Globalization;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using AiObs.TestSupport.Databases;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>Has a server of its own: a transaction anywhere in a database keeps old rows in all of its tables.</summary>
public sealed class WipedPostgreSqlTests(WipedPostgreSqlTests.OwnServer server) : IClassFixture<WipedPostgreSqlTests.OwnServer>
{
    private const string Canary = "nightingale";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WipeErasedAsync_AfterAnErasure_LeavesNoByteInTheTables()
    {
        await using var database = await server.CreateAsync();
        var log = database.OpenLog();
        await log.AppendAsync([.. Enumerable.Range(0, 40).Select(Said)], Stop);

        Assert.Equal(new Erasure(40, IsWiped: false), await log.EraseContentAsync(EventQuery.All, "asked to", Stop));
        Assert.True(await IsInTheFilesAsync(database));
        Assert.True(await log.WipeErasedAsync(Stop));

        Assert.False(await IsInTheFilesAsync(database));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task WipeErasedAsync_AfterARetention_LeavesNoByteInTheTables()
    {
        await using var database = await server.CreateAsync();
        var log = database.OpenLog();
        await log.AppendAsync([.. Enumerable.Range(0, 40).Select(number => Said(number) with { ConversationId = Canary })], Stop);

        Assert.Equal(new Erasure(40, IsWiped: false), await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), Stop));
        Assert.True(await IsInTheFilesAsync(database));
        Assert.True(await log.WipeErasedAsync(Stop));

        Assert.False(await IsInTheFilesAsync(database));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact]
    public async Task WipeErasedAsync_SomebodyReadsSinceBefore_SaysThatItIsNotDone()
    {
        await using var database = await server.CreateAsync();
        var log = database.OpenLog();
        await log.AppendAsync([Said(1)], Stop);
        await using (var reader = await database.ConnectAsync(Stop))
        {
            await using var view = await reader.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, Stop);
            await using var command = reader.CreateCommand();
            command.Transaction = view;
            command.CommandText = "SELECT count(*) FROM aiobs_migrations";
            Assert.IsType<long>(await command.ExecuteScalarAsync(Stop));
            await log.EraseContentAsync(EventQuery.All, "asked to", Stop);

            Assert.False(await log.WipeErasedAsync(Stop));
            Assert.True(await IsInTheFilesAsync(database));
        }

        Assert.True(await log.WipeErasedAsync(Stop));
        Assert.False(await IsInTheFilesAsync(database));
    }

    [Fact]
    public async Task WipeErasedAsync_SomebodyReadsTheTable_WaitsForTheCommandTimeoutAtMost()
    {
        await using var database = await server.CreateAsync();
        await using var impatient = new PostgreSqlTestDatabase($"{database.ConnectionString};Command Timeout=1");
        var log = impatient.OpenLog();
        await log.AppendAsync([Said(1)], Stop);
        await log.EraseContentAsync(EventQuery.All, "asked to", Stop);
        await using (var reader = await database.ConnectAsync(Stop))
        {
            await using var view = await reader.BeginTransactionAsync(Stop);
            await using var command = reader.CreateCommand();
            command.Transaction = view;
            command.CommandText = "SELECT count(*) FROM aiobs_event_contents";
            Assert.Equal(1L, await command.ExecuteScalarAsync(Stop));

            Assert.False(await log.WipeErasedAsync(Stop));
        }

        Assert.True(await log.WipeErasedAsync(Stop));
    }

    [Fact]
    public async Task WipeErasedAsync_UserIsNotTheOwner_SaysSo()
    {
        await using var database = await server.CreateAsync();
        await database.OpenLog().AppendAsync([Said(1)], Stop);
        await database.ExecuteAsync(
            "DO $$ BEGIN CREATE ROLE tenant LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
            + $"GRANT USAGE ON SCHEMA {database.Schema} TO tenant; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {database.Schema} TO tenant", Stop);
        await using var tenant = new PostgreSqlTestDatabase($"{database.ConnectionString};Username=tenant");
        var log = tenant.OpenLog();
        Assert.Equal(new Erasure(1, IsWiped: false), await log.EraseContentAsync(EventQuery.All, "asked to", Stop));

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await log.WipeErasedAsync(Stop));

        Assert.StartsWith("The user may not write the table aiobs_event_contents of database ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("only its owner may", refused.Message, StringComparison.Ordinal);
    }

    private static AiObs.Events.AgentEvent Said(int number) => EventSamples.Said(number, Canary);

    public sealed class OwnServer : IAsyncLifetime
    {
        private PostgreSqlServer? _server;
        private int _count;

        public async ValueTask InitializeAsync() => _server = await DatabaseFixture.StartServerAsync();

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

        internal Task<PostgreSqlTestDatabase> CreateAsync() =>
            DatabaseFixture.CreateSchemaAsync(_server!.ConnectionString, string.Create(CultureInfo.InvariantCulture, $"wiped_{++_count}"));
    }

    private static async Task<bool> IsInTheFilesAsync(PostgreSqlTestDatabase database)
    {
        await database.ExecuteAsync("CHECKPOINT", Stop);
        return (bool)(await database.QueryAsync(
            $"""
            SELECT bool_or(position('{Canary}'::bytea IN pg_read_binary_file(pg_relation_filepath(oid))) > 0) FROM pg_class
            WHERE relname IN ('aiobs_events', 'aiobs_event_contents') AND relnamespace = '{database.Schema}'::regnamespace
            """,
            Stop))!;
    }
}
