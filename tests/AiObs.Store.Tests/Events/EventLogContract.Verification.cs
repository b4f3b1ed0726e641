using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task VerifyAsync_LogAsItWasWritten_IsIntact()
    {
        var log = await CreateLogAsync(EventSamples.Full(1), EventSamples.Event(2), EventSamples.Said(3));

        var verification = await log.VerifyAsync(cancellationToken: Stop);

        var head = (await ReadAsync(log))[^1];
        Assert.True(verification.IsIntact);
        Assert.Equal(3, verification.EventCount);
        Assert.Equal(1, verification.WriterCount);
        Assert.Equal(0, verification.DroppedCount);
        Assert.Equal([new EventLogAnchor(head.Writer, 3, head.Hash)], verification.Anchors);
    }

    [Fact]
    public async Task VerifyAsync_EmptyLog_IsIntact()
    {
        var verification = await (await CreateLogAsync()).VerifyAsync(cancellationToken: Stop);

        Assert.True(verification.IsIntact);
        Assert.Equal(0, verification.EventCount);
        Assert.Empty(verification.Anchors);
    }

    [Fact]
    public async Task VerifyAsync_AnchorsOfAllEarlierStates_Hold()
    {
        var log = await CreateLogAsync();
        var anchors = new List<EventLogAnchor>();
        for (var number = 0; number < 5; number++)
        {
            await log.AppendAsync([EventSamples.Full(number)], Stop);
            anchors.AddRange((await log.VerifyAsync(anchors, Stop)).Anchors);
        }

        Assert.Equal([1, 2, 3, 4, 5], anchors.Select(static anchor => anchor.Count));
        await AssertIntactAsync(log, [.. anchors.Select(static anchor => anchor with { HeadHash = anchor.HeadHash.ToUpperInvariant() })]);
    }

    [Fact]
    public async Task VerifyAsync_AnchorThatDoesNotHold_IsReported()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));
        var anchor = Assert.Single((await log.VerifyAsync(cancellationToken: Stop)).Anchors);

        var other = await FaultOfAsync(log, anchor with { Count = 2 });
        var later = await FaultOfAsync(log, anchor with { Count = 5 });
        var foreign = await FaultOfAsync(log, anchor with { Writer = "somebody" });

        Assert.Equal((EventLogFaultKind.HeadMismatch, anchor.Writer, 2), (other.Kind, other.Writer, other.Sequence));
        Assert.Equal((EventLogFaultKind.CutTail, anchor.Writer, 4), (later.Kind, later.Writer, later.Sequence));
        Assert.Equal((EventLogFaultKind.MissingWriter, "somebody", null), (foreign.Kind, foreign.Writer, foreign.Sequence));
    }

    [Fact]
    public async Task VerifyAsync_EventsOfAnotherLogThatErasedAndDropped_AreIntact()
    {
        var other = new InMemoryEventLog();
        await other.AppendAsync([.. Enumerable.Range(1, 6).Select(EventSamples.Full)], Stop);
        await other.EraseContentAsync(new EventQuery { Before = EventSamples.Start.AddSeconds(3) }, "asked to", Stop);
        await other.ApplyRetentionAsync(new EventRetention(MaxEvents: 6), Stop);
        var log = await CreateLogAsync([.. (await ReadAsync(other)).Select(static logged => logged.Event)]);

        await AssertIntactAsync(log);
        Assert.Equal(3, (await log.EraseContentAsync(EventQuery.All, "asked to", Stop)).Count);
        await AssertIntactAsync(log);
        Assert.Equal(5, (await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 3), Stop)).Count);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task VerifyAsync_AnchorThatIsNone_Throws()
    {
        var log = await CreateLogAsync(EventSamples.Event(0));

        await Assert.ThrowsAsync<ArgumentException>(async () => await log.VerifyAsync([new EventLogAnchor("writer", 1, "no hash")], Stop));
    }

    [Fact]
    public async Task VerifyAsync_Cancelled_Throws()
    {
        var log = await CreateLogAsync(EventSamples.Events(0, 3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await log.VerifyAsync(cancellationToken: new CancellationToken(canceled: true)));
    }
}
