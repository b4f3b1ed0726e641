using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    private static readonly DateTimeOffset LongAgo = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset FarAhead = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task ApplyRetentionAsync_TooMany_KeepsTheNewestAndTellsOfIt()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 10));

        Assert.Equal(7, (await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 4), Stop)).Count);

        var read = await ReadAsync(log);
        Assert.Equal([7, 8, 9], Numbers(read.SkipLast(1)));
        Assert.Equal([8, 9, 10, 11], read.Select(static logged => logged.Sequence));
        Assert.Equal(AgentEventTypes.RetentionApplied, read[^1].Event.Type);
        Assert.Equivalent(
            new Dictionary<string, object?> { ["count"] = 7L, ["max_events"] = 4L, ["dropped"] = 7L, ["log"] = read[^1].Event.Data["log"], ["checkpoints"] = read[^1].Event.Data["checkpoints"] },
            read[^1].Event.Data,
            strict: true);
        Assert.Matches("^[0-9a-f]{64}$", (string)read[^1].Event.Data["checkpoints"]!);
    }

    [Fact]
    public async Task ApplyRetentionAsync_Done_IsStillVerifiable()
    {
        var log = await CreateLogAsync([.. Enumerable.Range(0, 10).Select(EventSamples.Full)]);
        var anchors = (await log.VerifyAsync(cancellationToken: Stop)).Anchors;
        await log.EraseContentAsync(new EventQuery { Before = EventSamples.Start.AddSeconds(8) }, "asked to", Stop);

        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 4), Stop);
        await log.AppendAsync(EventSamples.Events(20, 2), Stop);

        var verification = await log.VerifyAsync(anchors, Stop);
        Assert.Empty(verification.Faults);
        Assert.Equal(6, verification.EventCount);
        Assert.Equal(8, verification.DroppedCount);
    }

    [Fact]
    public async Task ApplyRetentionAsync_TwiceInARow_DropsNothingMore()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 10));
        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 4), Stop);

        Assert.Equal(0, (await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 4), Stop)).Count);

        Assert.Equal(4, await log.CountAsync(EventQuery.All, Stop));
        Assert.Equal(2, (await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 3), Stop)).Count);
        Assert.Equal(3, await log.CountAsync(EventQuery.All, Stop));
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task ApplyRetentionAsync_TooOld_DropsThemUpToTheFirstThatIsNot()
    {
        var log = await CreateLogAsync(
            EventSamples.Event(0) with { Time = LongAgo },
            EventSamples.Event(1) with { Time = LongAgo.AddYears(-1) },
            EventSamples.Event(2) with { Time = FarAhead },
            EventSamples.Event(3) with { Time = LongAgo });

        Assert.Equal(2, (await log.ApplyRetentionAsync(new EventRetention(MaxAge: TimeSpan.FromDays(30)), Stop)).Count);

        var read = await ReadAsync(log);
        Assert.Equal([2, 3], Numbers(read.SkipLast(1)));
        Assert.Equal("30.00:00:00", read[^1].Event.Data["max_age"]);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task ApplyRetentionAsync_BothRules_DropsWhatEitherLetsGo()
    {
        var log = await CreateLogAsync([.. Enumerable.Range(0, 6).Select(static number =>
            EventSamples.Event(number) with { Time = number < 2 ? LongAgo : FarAhead })]);

        Assert.Equal(2, (await log.ApplyRetentionAsync(new EventRetention(TimeSpan.FromDays(30), MaxEvents: 6), Stop)).Count);
        Assert.Equal(3, (await log.ApplyRetentionAsync(new EventRetention(TimeSpan.FromDays(30), MaxEvents: 3), Stop)).Count);

        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task ApplyRetentionAsync_NothingToDrop_LogsNothing()
    {
        var log = await CreateLogAsync(EventSamples.Event(0) with { Time = FarAhead });

        Assert.Equal(0, (await log.ApplyRetentionAsync(new EventRetention(), Stop)).Count);
        Assert.Equal(0, (await log.ApplyRetentionAsync(new EventRetention(TimeSpan.MaxValue, long.MaxValue), Stop)).Count);

        Assert.Equal(1, await log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task ApplyRetentionAsync_OneMayStay_LeavesWhatTellsOfIt()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), Stop);

        Assert.Equal(AgentEventTypes.RetentionApplied, Assert.Single(await ReadAsync(log)).Event.Type);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task ApplyRetentionAsync_CursorIntoWhatIsGone_GoesOnWithTheRest()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 10));
        var query = new EventQuery { PageSize = 2, Type = "sample" };
        var page = await log.ListAsync(query, Stop);

        await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 4), Stop);

        Assert.Equal([7, 8, 9], await NumbersAsync(log, query with { Cursor = page.NextCursor }));
    }

    [Fact]
    public async Task ApplyRetentionAsync_RuleThatMakesNoSense_Throws()
    {
        var log = await CreateLogAsync(EventSamples.Event(0));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 0), Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await log.ApplyRetentionAsync(new EventRetention(TimeSpan.FromTicks(-1)), Stop));
    }

    [Fact]
    public async Task ApplyRetentionAsync_Cancelled_DropsNothing()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 1), new CancellationToken(canceled: true)));

        Assert.Equal([0, 1, 2], await NumbersAsync(log));
    }
}
