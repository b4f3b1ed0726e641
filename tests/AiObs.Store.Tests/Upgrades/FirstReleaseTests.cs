using System.Globalization;
using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.Store.Tests.Sql.Conversations;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Upgrades;

public sealed class FirstReleaseTests(DatabaseFixture databases)
{
    private static readonly EventLogOptions Keyed = new() { HmacKey = FirstRelease.Key };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, bool> Logs { get; } = new(
        from kind in Enum.GetValues<DatabaseKind>()
        from isKeyed in new[] { false, true }
        select (kind, isKeyed));

    public static TheoryData<DatabaseKind, string, string> Tampered { get; } = new(
        from kind in Enum.GetValues<DatabaseKind>()
        from change in new[]
        {
            ("UPDATE aiobs_costs SET model = 'forged' WHERE position = 2", "Cost record 2 (id "),
            ("DELETE FROM aiobs_costs WHERE position = 2; DELETE FROM aiobs_cost_tags WHERE position = 2", "Cost record 2 is missing"),
            ("INSERT INTO aiobs_costs (call_key, id, ticks, is_correction, completeness, record) SELECT {key}, id, ticks, 0, completeness, record FROM aiobs_costs WHERE position = 1", "1 rows of aiobs_costs are none"),
        }
        select (kind, change.Item1, change.Item2));

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Conversations_InADatabaseOfTheFirstRelease_AreKeptBesideItsEvents(DatabaseKind kind, bool isKeyed)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed);
        var opened = database.Open();
        using var log = SqlStoreRegistration.CreateLog("test", opened, isKeyed ? Keyed : null);
        await using var store = SqlStoreRegistration.CreateConversations("test", opened, log);

        await store.CommitAsync(ConversationReading.Commit("c-1", 1, 2), Stop);
        await store.FlushEventsAsync(Stop);

        await ConversationReading.AssertGaplessAsync(store, "c-1", messagesPerCommit: 2);
        var found = await log.VerifyAsync(await FirstRelease.AnchorsAsync(kind, isKeyed), Stop);
        Assert.Empty(found.Faults);
        Assert.Equal((24, 3, isKeyed), (found.EventCount, found.WriterCount, found.IsKeyed));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Log_OfTheFirstRelease_VerifiesWithTheAnchorsOfThen(DatabaseKind kind, bool isKeyed)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed);

        var found = await OpenLog(database, isKeyed).VerifyAsync(await FirstRelease.AnchorsAsync(kind, isKeyed), Stop);

        Assert.Empty(found.Faults);
        Assert.Equal((22, 2, 4, isKeyed), (found.EventCount, found.WriterCount, found.DroppedCount, found.IsKeyed));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Log_OfTheFirstRelease_GoesOn(DatabaseKind kind, bool isKeyed)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed);
        var log = OpenLog(database, isKeyed);

        await log.AppendAsync([EventSamples.Said(100), EventSamples.Event(101), EventSamples.Event(23)], Stop);
        var erased = await log.EraseContentAsync(new EventQuery { After = EventSamples.Start.AddSeconds(13) }, "asked for", Stop);
        var dropped = await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 20), Stop);

        Assert.Equal((6, 6), (erased.Count, dropped.Count));
        var found = await log.VerifyAsync(await FirstRelease.AnchorsAsync(kind, isKeyed), Stop);
        Assert.Empty(found.Faults);
        Assert.Equal((20, 3, 10), (found.EventCount, found.WriterCount, found.DroppedCount));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Log_OfTheFirstRelease_IsReadAsItWasWritten(DatabaseKind kind, bool isKeyed)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed);

        var events = await OpenLog(database, isKeyed).ReadAsync(EventQuery.All, Stop).ToListAsync(Stop);

        Assert.Equal(
            [.. Enumerable.Range(4, 9), .. Enumerable.Range(13, 11)],
            events.Where(static logged => logged.Event.Type == "sample").Select(static logged => EventSamples.NumberOf(logged.Event.Id)));
        Assert.Equal([6, 7, 8], events.Where(static logged => logged.IsContentErased).Select(static logged => EventSamples.NumberOf(logged.Event.Id)));
        Assert.Equal(
            [.. Enumerable.Range(9, 9).Select(static number => $"\"said {number}\"")],
            events.Select(static logged => logged.Event.Content).OfType<string>());
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Log_OfTheFirstReleaseThatSomebodyChanged_IsFoundOut(DatabaseKind kind, bool isKeyed)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync("UPDATE aiobs_events SET type = 'other' WHERE sequence = 6", Stop);

        var found = await OpenLog(database, isKeyed).VerifyAsync(cancellationToken: Stop);

        Assert.Contains(EventLogFaultKind.BrokenLink, found.Faults.Select(static fault => fault.Kind));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Costs_OfTheFirstRelease_AddUpAndGoOn(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: false);
        var costs = database.OpenCosts();

        Assert.Equal(1.30m, (await costs.SumAsync(CostQuery.All, Stop)).Total);
        Assert.False(await costs.RecordAsync(CostSamples.Call(0), Stop));
        Assert.True(await costs.RecordAsync(CostSamples.Call(200), Stop));

        Assert.Equal(1.55m, (await costs.SumAsync(CostQuery.All, Stop)).Total);
        Assert.Equal(3, await costs.CountAsync(new CostQuery { ConversationId = "conversation" }, Stop));
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Costs_OfTheFirstRelease_AreSealedAtTheirFirstUse(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: true);
        var before = await OpenLog(database, isKeyed: true).VerifyAsync(cancellationToken: Stop);
        var costs = database.OpenCosts(options: Keyed);

        Assert.Equal(7, await costs.CountAsync(CostQuery.All, Stop));
        var opened = await OpenLog(database, isKeyed: true).VerifyAsync(cancellationToken: Stop);
        Assert.True(await costs.RecordAsync(CostSamples.Call(200), Stop));
        var later = await OpenLog(database, isKeyed: true).VerifyAsync(opened.Anchors, Stop);

        Assert.Empty(before.Faults.Concat(opened.Faults).Concat(later.Faults));
        Assert.Equal(
            [(0, 7), (7, 7), (8, 7)],
            new[] { before, opened, later }.Select(static found => (found.CostCount, found.UnsealedCostCount)));
        Assert.Equal(8, later.Anchors.Single(static anchor => anchor.Writer == "costs").Count);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Costs_OfTheFirstReleaseBesideANewLog_AreIntact(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: false);
        await database.ExecuteAsync(
            "DROP TABLE aiobs_events; DROP TABLE aiobs_event_contents; DROP TABLE aiobs_event_writers; DROP TABLE aiobs_event_checkpoints; DELETE FROM aiobs_schema WHERE version = 1;"
            + (kind == DatabaseKind.Sqlite ? "" : "DROP FUNCTION aiobs_refuse_delete_above_checkpoint; DROP FUNCTION aiobs_refuse_delete_of_content;"),
            Stop);
        var log = database.OpenLog(Keyed);
        await log.AppendAsync(EventSamples.Events(0, 3), Stop);

        Assert.Empty((await log.VerifyAsync(cancellationToken: Stop)).Faults);
        Assert.True(await database.OpenCosts(options: Keyed).RecordAsync(CostSamples.Call(200), Stop));
        var found = await log.VerifyAsync(cancellationToken: Stop);
        Assert.Empty(found.Faults);
        Assert.Equal((8, 7), (found.CostCount, found.UnsealedCostCount));
    }

    [Theory]
    [MemberData(nameof(Tampered))]
    public async Task Costs_OfTheFirstReleaseChangedAfterTheirFirstUse_AreFoundOut(DatabaseKind kind, string sql, string description)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: true);
        Assert.Equal(7, await database.OpenCosts(options: Keyed).CountAsync(CostQuery.All, Stop));
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync(sql.Replace("{key}", kind == DatabaseKind.Sqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')", StringComparison.Ordinal), Stop);

        var fault = Assert.Single((await OpenLog(database, isKeyed: true).VerifyAsync(cancellationToken: Stop)).Faults);

        Assert.StartsWith(description, fault.Description, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Costs_OfTheFirstRelease_LoseTheirIdsInEveryForm(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: true);
        var costs = database.OpenCosts(options: Keyed);
        var sum = await costs.SumAsync(CostQuery.All, Stop);

        var erased = await costs.EraseIdsAsync(new CostQuery { ConversationId = "conversation" }, Stop);

        Assert.Equal(3, erased.Count);
        Assert.Equal(sum, await costs.SumAsync(CostQuery.All, Stop));
        Assert.Equal(0L, Convert.ToInt64(await database.QueryAsync("SELECT count(*) FROM aiobs_costs WHERE record LIKE '%\"conversation\"%'", Stop), CultureInfo.InvariantCulture));
        var found = await OpenLog(database, isKeyed: true).VerifyAsync(cancellationToken: Stop);
        Assert.Empty(found.Faults);
        Assert.Equal(3, found.ErasedCostCount);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Costs_ThatNoStoreWrites_AreSetAside(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: true);
        await database.DropRulesAsync(Stop);
        await database.ExecuteAsync("UPDATE aiobs_costs SET record = 'none', user_id = 'u-17' WHERE position = 2", Stop);
        var costs = database.OpenCosts(options: Keyed);

        Assert.Equal(6, await costs.ReadAsync(CostQuery.All, Stop).CountAsync(Stop));
        var fault = Assert.Single((await OpenLog(database, isKeyed: true).VerifyAsync(cancellationToken: Stop)).Faults);
        Assert.Equal((EventLogFaultKind.UnknownRow, "1 rows of aiobs_cost_strays are none that a store writes."), (fault.Kind, fault.Description));
        Assert.Contains("u-17", (string)(await database.QueryAsync("SELECT content FROM aiobs_cost_strays", Stop))!, StringComparison.Ordinal);

        Assert.Equal(1, (await costs.EraseIdsAsync(new CostQuery { UserId = "u-17" }, Stop)).Count);
        Assert.Equal("", await database.QueryAsync("SELECT content FROM aiobs_cost_strays", Stop));
        Assert.Equal(0, (await costs.EraseIdsAsync(new CostQuery { UserId = "u-17" }, Stop)).Count);
    }

    [Theory]
    [ClassData(typeof(DatabaseKinds))]
    public async Task Database_OfTheFirstRelease_IsRefusedByItFromThenOn(DatabaseKind kind)
    {
        await using var database = await FirstRelease.CopyAsync(databases, kind, isKeyed: false);

        await database.OpenLog().AppendAsync(EventSamples.Events(100, 1), Stop);
        Assert.True(await database.OpenCosts().RecordAsync(CostSamples.Call(200), Stop));

        // 0.1.0 compares the largest version with 2, the last one that it knows.
        Assert.Equal(3L, Convert.ToInt64(await database.QueryAsync("SELECT max(version) FROM aiobs_schema", Stop), CultureInfo.InvariantCulture));
        Assert.Equal(2L, Convert.ToInt64(await database.QueryAsync("SELECT count(*) FROM aiobs_migrations WHERE version = 2", Stop), CultureInfo.InvariantCulture));
    }

    private static IEventLog OpenLog(TestDatabase database, bool isKeyed) =>
        database.OpenLog(isKeyed ? new EventLogOptions { HmacKey = FirstRelease.Key } : null);
}
