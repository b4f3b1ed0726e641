using System.Globalization;
using System.Text;
using AiObs.Events;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Sql.Conversations;

/// <summary>Events are committed together with the rows that they tell of, or not at all.</summary>
public sealed class ConversationEventsTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_WithEvents_BringsThemToTheLogInItsOrder(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();

        var first = await store.CommitAsync(ConversationReading.Commit("c-1", 1, 2), Stop);
        var second = await store.CommitAsync(ConversationReading.Commit("c-1", 3), Stop);
        await store.FlushEventsAsync(Stop);

        Assert.True(first.HasEvents && second.HasEvents);
        Assert.Equal([1, 2, 3], await LogReading.NumbersAsync(log));
        Assert.Equal(3, (await LogReading.AssertIntactAsync(log)).EventCount);
        var logged = (await log.ListAsync(EventQuery.All, Stop)).Events[0].Event;
        var sent = ConversationReading.EventOf("c-1", 1);
        Assert.Equal((sent.Id, sent.Time, sent.Type, sent.ConversationId, sent.Content), (logged.Id, logged.Time, logged.Type, logged.ConversationId, logged.Content));
        Assert.Equal(sent.Data, logged.Data);

        // The log's own sink gets the same events.
        await log.AppendAsync([sent, ConversationReading.EventOf("c-1", 4)], Stop);
        Assert.Equal([1, 2, 3, 4], await LogReading.NumbersAsync(log));
    }

    [Fact]
    public async Task CommitAsync_WithEventsOnSqlite_HasThemInTheLogWhenItReturns()
    {
        await using var database = new SqliteTestDatabase();
        var (store, log) = database.OpenConversations();

        await store.CommitAsync(ConversationReading.Commit("c-1", 1, 2), Stop);

        Assert.Equal([1, 2], await LogReading.NumbersAsync(log));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_Refused_LeavesNoEvent(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();
        await store.CommitAsync(ConversationReading.Commit("c-1", 1), Stop);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<ConversationConflictException>(async () => await store.CommitAsync(ConversationReading.Commit("c-1", 2) with { ExpectedVersion = 7, Create = null }, Stop));
        await Assert.ThrowsAsync<ConversationNotFoundException>(async () => await store.CommitAsync(ConversationReading.Commit("c-2", 3) with { Create = null }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitAsync(ConversationReading.Commit("c-1", 4) with { Branch = 5 }, Stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await store.CommitAsync(ConversationReading.Commit("c-1", 5), cancelled.Token));
        var replay = await store.CommitAsync(ConversationReading.Commit("c-1", 1) with { Events = [EventSamples.Event(6)] }, Stop);
        await store.FlushEventsAsync(Stop);

        Assert.True(replay.IsReplay);
        Assert.Equal([1], await LogReading.NumbersAsync(log));
        Assert.Single(await ConversationReading.AssertGaplessAsync(store, "c-1", messagesPerCommit: 1));
        Assert.Equal(1, await store.CountAsync(new(), Stop));
    }

    [Fact]
    public async Task CommitAsync_EventThatTheLogRefusesOnSqlite_LeavesNoRow()
    {
        await using var database = new SqliteTestDatabase();
        var (store, log) = database.OpenConversations();
        await log.AppendAsync([EventSamples.Event(2)], Stop);
        await store.CommitAsync(ConversationReading.Commit("c-1", 1), Stop);

        await Assert.ThrowsAsync<EventConflictException>(async () => await store.CommitAsync(ConversationReading.Commit("c-1", 2), Stop));

        Assert.Single(await ConversationReading.AssertGaplessAsync(store, "c-1", messagesPerCommit: 1));
        Assert.Equal([2, 1], await LogReading.NumbersAsync(log));
        await LogReading.AssertIntactAsync(log);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_WithoutALogInTheDatabase_SaysSo(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        await using var other = new SqliteTestDatabase();
        var (store, log) = database.OpenConversations(withEvents: false);
        var apart = SqlStoreRegistration.CreateConversations("test", database.Open(), other.OpenLog());

        Assert.False((await store.CommitAsync(ConversationReading.Commit("c-1", 1), Stop)).HasEvents);
        Assert.False((await apart.CommitAsync(ConversationReading.Commit("c-2", 2), Stop)).HasEvents);
        await apart.DisposeAsync();

        Assert.Equal(0, await log.CountAsync(EventQuery.All, Stop));
        Assert.Equal(2, await store.CountAsync(new(), Stop));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Erase_TakesWhatTheLogSaysOfTheConversationWithIt(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();
        await store.CommitAsync(ConversationReading.Commit("c-1", 1, 2), Stop);
        await store.CommitAsync(ConversationReading.Commit("c-2", 3), Stop);
        await store.FlushEventsAsync(Stop);

        await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase, Events = [EventSamples.Event(4) with { ConversationId = "c-1" }] }, Stop);
        await store.FlushEventsAsync(Stop);

        var events = await log.ReadAsync(EventQuery.All, Stop).ToListAsync(Stop);
        Assert.Equal(["sample", "sample", "sample", "sample", AgentEventTypes.ContentErased], events.Select(static logged => logged.Event.Type));
        Assert.Equal([null, null, "\"said 3\"", null, null], events.Select(static logged => logged.Event.Content));
        Assert.Equal([true, true, false, false, false], events.Select(static logged => logged.IsContentErased));
        Assert.Equal(2L, events[4].Event.Data[EventDataKeys.Count]);
        await LogReading.AssertIntactAsync(log);
        await LogReading.AssertIntactAsync(database.OpenLog());
        Assert.Null(await store.FindAsync("", "c-1", includeHidden: true, Stop));
        Assert.Equal("message 3", (await ConversationReading.ReadAsync(store, "c-2"))[0].ToMessage().Text);
        await Assert.ThrowsAsync<ConversationNotFoundException>(async () => await store.CommitAsync(ConversationReading.Commit("c-1", 9), Stop));
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Erase_WhereAnotherTenantHasTheSameId_LeavesWhatIsTheirs(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();
        foreach (var (tenant, number) in new[] { ("acme", 1), ("other", 2) })
        {
            var sent = ConversationReading.EventOf("c-1", number);
            var message = ConversationSamples.Message(number) with { EventId = sent.Id };
            await store.CommitAsync(ConversationReading.Commit("c-1", number) with { Tenant = tenant, Messages = [message], Events = [sent] }, Stop);
        }

        await store.FlushEventsAsync(Stop);

        await store.CommitAsync(ConversationSamples.Commit() with { Tenant = "acme", Delete = ConversationDelete.Erase }, Stop);

        var events = await log.ReadAsync(EventQuery.All, Stop).Take(2).ToListAsync(Stop);
        Assert.Equal([null, "\"said 2\""], events.Select(static logged => logged.Event.Content));
        await LogReading.AssertIntactAsync(log);
        Assert.NotNull(await store.FindAsync("other", "c-1", cancellationToken: Stop));
    }

    [Fact]
    public async Task Erase_OnSqlite_LeavesNoByteOfItInTheFiles()
    {
        const string Secret = "xyzzy-4711";
        await using var database = new SqliteTestDatabase();
        var (store, _) = database.OpenConversations();
        await store.CommitAsync(
            ConversationReading.Commit("c-1", 1) with
            {
                Create = new Conversation { Id = "c-1", Title = Secret, Tags = [Secret], Metadata = ConversationSamples.Json($$"""{"{{Secret}}": "{{Secret}}"}""") },
                Messages = [ConversationSamples.Message(1) with { Content = new($$"""{"role":"user","contents":[{"$type":"text","text":"{{Secret}}"}]}""", Convert.ToBase64String(new byte[32])) }],
                Events = [EventSamples.Said(1, $"\"{Secret}\"") with { ConversationId = "c-1" }],
                Turn = new TurnRecord { Id = "t-1", StartedAt = EventSamples.Start, Response = Secret },
            },
            Stop);
        await store.SaveSummaryAsync("", "c-1", new() { Coverage = "c", FirstSequence = 1, LastSequence = 1, Text = Secret, TokenCount = 1, At = EventSamples.Start }, Stop);
        Assert.Contains(database.ReadFiles(), static file => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0);

        await store.CommitAsync(ConversationSamples.Commit() with { Delete = ConversationDelete.Erase }, Stop);

        Assert.DoesNotContain(database.ReadFiles(), static file => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_SixteenWritersOnTwoHundredConversations_LeaveNoGap(DatabaseKind kind)
    {
        const int Writers = 16;
        const int Conversations = 200;
        const int CommitsPerWriter = 60;
        await using var database = await databases.CreateAsync(kind);
        var (store, log) = database.OpenConversations();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                // All of them start at the same ones, which everybody creates at once.
                for (var commit = 0; commit < CommitsPerWriter; commit++)
                {
                    var number = 2 * ((writer * CommitsPerWriter) + commit);
                    var id = string.Create(CultureInfo.InvariantCulture, $"c-{commit * (1 + (writer % 4)) % Conversations}");
                    await store.CommitAsync(ConversationReading.Commit(id, number, number + 1), Stop);
                }
            },
            Stop)));
        await store.FlushEventsAsync(Stop);

        List<StoredMessage> all = [];
        for (var number = 0; number < Conversations; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"c-{number}");
            if (await store.FindAsync("", id, cancellationToken: Stop) is not null)
            {
                all.AddRange(await ConversationReading.AssertGaplessAsync(store, id, messagesPerCommit: 2));
            }
        }

        Assert.Equal(Enumerable.Range(0, 2 * Writers * CommitsPerWriter).Select(ConversationSamples.IdOf).Order(), all.Select(static message => message.Id).Order());
        Assert.Equal(Enumerable.Range(0, 2 * Writers * CommitsPerWriter), (await LogReading.NumbersAsync(log)).Order());
        await LogReading.AssertIntactAsync(log);
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_ManyCreatorsAtOnce_CreateItOnce(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var stores = Enumerable.Range(0, 4).Select(_ => database.OpenConversations().Store).ToArray();
        await stores[0].CountAsync(new(), Stop);

        for (var round = 0; round < 10; round++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"c-{round}");
            var results = await Task.WhenAll(stores.Select((store, index) => Task.Run(
                async () => await store.CommitAsync(ConversationReading.Commit(id, (round * 10) + index), Stop), Stop)));

            Assert.Single(results, static result => result.IsCreated);
            Assert.Equal([1, 2, 3, 4], results.Select(static result => result.Version).Order());
            await ConversationReading.AssertGaplessAsync(stores[0], id, messagesPerCommit: 1);
        }
    }

    [Theory(Timeout = HangGuard.Milliseconds)]
    [ClassData(typeof(DatabaseKinds))]
    public async Task CommitAsync_ManyCreatorsThatExpectNone_LetOneThrough(DatabaseKind kind)
    {
        await using var database = await databases.CreateAsync(kind);
        var stores = Enumerable.Range(0, 4).Select(_ => database.OpenConversations().Store).ToArray();
        await stores[0].CountAsync(new(), Stop);

        var results = await Task.WhenAll(stores.Select((store, index) => Task.Run(
            () => Record.ExceptionAsync(() => store.CommitAsync(ConversationReading.Commit("c-1", index) with { ExpectedVersion = 0 }, Stop).AsTask()).AsTask(), Stop)));

        Assert.Single(results, static failure => failure is null);
        Assert.All(results.OfType<Exception>(), static failure => Assert.Equal(1, Assert.IsType<ConversationConflictException>(failure).ActualVersion));
        Assert.Single(await ConversationReading.AssertGaplessAsync(stores[0], "c-1", messagesPerCommit: 1));
    }
}
