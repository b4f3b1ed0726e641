using System.Globalization;
using AiObs.Events;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Sql.Conversations;

/// <summary>On PostgreSQL events wait in an outbox, so that commits do not wait for the log.</summary>
public sealed class PostgreSqlOutboxTests(DatabaseFixture databases)
{
    // That of the log.
    private const string LockSql = "SELECT pg_advisory_lock(418380735091)";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task CommitAsync_WhileTheLogIsLocked_IsDoneAndItsEventsComeLater()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        var (store, log) = database.OpenConversations();
        await store.CommitAsync(ConversationReading.Commit("c-1", 1), Stop);
        await store.FlushEventsAsync(Stop);
        var other = await LockLogAsync(database);

        await store.CommitAsync(ConversationReading.Commit("c-1", 2, 3), Stop);
        var flush = store.FlushEventsAsync(Stop).AsTask();

        Assert.Equal(3, (await ConversationReading.ReadAsync(store, "c-1")).Count);
        Assert.Equal([1], await LogReading.NumbersAsync(log));
        Assert.Equal(2, await CountWaitingAsync(database));
        Assert.False(flush.IsCompleted);

        await other.DisposeAsync();
        await flush;

        Assert.Equal([1, 2, 3], await LogReading.NumbersAsync(log));
        Assert.Equal(0, await CountWaitingAsync(database));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Outbox_LeftByOneThatIsGone_IsEmptiedByTheNextThatOnlyReads()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await LeaveAsync(database, 1, 2);

        var (store, log) = database.OpenConversations();
        Assert.Equal(1, await store.CountAsync(new(), Stop));

        // Nobody asks for it: the store does it by itself.
        while (await CountWaitingAsync(database) > 0)
        {
            await Task.Yield();
        }

        Assert.Equal([1, 2], await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Outbox_EventThatTheLogHasAlready_IsThereOnce()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await LeaveAsync(database, 1, 2);
        var log = database.OpenLog();
        await log.AppendAsync([ConversationReading.EventOf("c-1", 1)], Stop);

        await database.OpenConversations().Store.FlushEventsAsync(Stop);

        Assert.Equal([1, 2], await LogReading.NumbersAsync(log));
        Assert.Equal(0, await CountWaitingAsync(database));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Outbox_EventThatIsAnotherInTheLog_GivesWayAndHoldsUpNoOther()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await LeaveAsync(database, 1, 2, 3);
        var log = database.OpenLog();
        await log.AppendAsync([EventSamples.Event(2)], Stop);

        await database.OpenConversations().Store.FlushEventsAsync(Stop);

        Assert.Equal([2, 1, 3], await LogReading.NumbersAsync(log));
        Assert.Equal("sample", (await log.ListAsync(EventQuery.All, Stop)).Events[0].Event.Type);
        Assert.Null((await log.ListAsync(EventQuery.All, Stop)).Events[0].Event.Content);
        Assert.Equal(0, await CountWaitingAsync(database));
        await LogReading.AssertIntactAsync(log);
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Erase_WhileEventsWait_ErasesThemToo()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await LeaveAsync(database, 1, 2);
        var (store, log) = database.OpenConversations();

        await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase }, Stop);
        await store.FlushEventsAsync(Stop);

        var events = await log.ReadAsync(EventQuery.All, Stop).ToListAsync(Stop);
        Assert.Equal(["sample", "sample", AgentEventTypes.ContentErased], events.Select(static logged => logged.Event.Type));
        Assert.All(events, static logged => Assert.Null(logged.Event.Content));
        Assert.Equal(0L, await database.QueryAsync("SELECT count(*) FROM aiobs_event_contents WHERE content IS NOT NULL", Stop));
        await LogReading.AssertIntactAsync(log);

        // What a sink brings late is known, and says nothing again.
        await log.AppendAsync([ConversationReading.EventOf("c-1", 1)], Stop);
        Assert.Equal(0L, await database.QueryAsync("SELECT count(*) FROM aiobs_event_contents WHERE content IS NOT NULL", Stop));
    }

    [Fact(Timeout = HangGuard.Milliseconds)]
    public async Task Outbox_EmptiedByManyAtOnce_BringsEachEventOnce()
    {
        await using var database = await databases.CreatePostgreSqlAsync();
        await LeaveAsync(database, [.. Enumerable.Range(1, 3_000)]);

        var opened = Enumerable.Range(0, 4).Select(_ => database.OpenConversations()).ToArray();
        await Task.WhenAll(opened.Select(static pair => Task.Run(() => pair.Store.FlushEventsAsync(Stop).AsTask(), Stop)));

        Assert.Equal(Enumerable.Range(1, 3_000), await LogReading.NumbersAsync(opened[0].Log));
        await LogReading.AssertIntactAsync(opened[0].Log);
    }

    /// <summary>Commits while the log is locked, and closes the store before its events get there.</summary>
    private static async Task LeaveAsync(PostgreSqlTestDatabase database, params int[] numbers)
    {
        var (store, log) = database.OpenConversations();
        await log.CountAsync(EventQuery.All, Stop);
        await store.CountAsync(new(), Stop);
        await using (await LockLogAsync(database))
        {
            await store.CommitAsync(ConversationReading.Commit("c-1", numbers), Stop);
            await database.CloseAsync();
        }

        Assert.Equal(numbers.Length, await CountWaitingAsync(database));
    }

    private static async Task<IAsyncDisposable> LockLogAsync(PostgreSqlTestDatabase database)
    {
        var connection = await database.ConnectAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = LockSql;
        await command.ExecuteNonQueryAsync(Stop);
        return connection;
    }

    private static async Task<int> CountWaitingAsync(PostgreSqlTestDatabase database) =>
        Convert.ToInt32(await database.QueryAsync("SELECT count(*) FROM aiobs_event_outbox", Stop), CultureInfo.InvariantCulture);
}
