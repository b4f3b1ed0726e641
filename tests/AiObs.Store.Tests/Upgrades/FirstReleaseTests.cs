using System.Globalization;
using AiObs.Cost;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Upgrades;

public sealed class FirstReleaseTests(DatabaseFixture databases)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, bool> Logs { get; } = new(
        from kind in Enum.GetValues<DatabaseKind>()
        from isKeyed in new[] { false, true }
        select (kind, isKeyed));

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
