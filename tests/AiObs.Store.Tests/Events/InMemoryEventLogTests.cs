using System.Buffers.Binary;
using AiObs.Events;
using AiObs.Paging;
using AiObs.Store.Events;
using AiObs.StoreContracts;
using AiObs.TestSupport;

namespace AiObs.Store.Tests.Events;

public sealed class InMemoryEventLogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_001)]
    public void Constructor_CapacityOutOfRange_Throws(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new InMemoryEventLog(capacity));

    [Fact]
    public void Constructor_ShortKey_Throws()
    {
        var refused = Assert.Throws<ArgumentException>(() => new InMemoryEventLog(options: new EventLogOptions { HmacKey = new byte[31] }));

        Assert.StartsWith("EventLogOptions.HmacKey has 31 bytes; give at least 32 random ones, or leave it out.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_KeyThatNobodyFilled_Throws()
    {
        var refused = Assert.Throws<ArgumentException>(() => new InMemoryEventLog(options: new EventLogOptions { HmacKey = new byte[64] }));

        Assert.StartsWith("EventLogOptions.HmacKey is all zeros, as an array is that nobody has filled,", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_Full_DropsTheOldestBehindACheckpoint()
    {
        var log = new InMemoryEventLog(capacity: 3);
        await log.AppendAsync(EventSamples.Events(0, 2), Stop);
        Assert.Equal(0, log.DroppedCount);

        await log.AppendAsync(EventSamples.Events(2, 6), Stop);

        var page = await log.ListAsync(EventQuery.All, Stop);
        var verification = await log.VerifyAsync(cancellationToken: Stop);
        Assert.Equal([6, 7, 8], page.Events.Select(static logged => logged.Position));
        Assert.Equal(5, log.DroppedCount);
        Assert.Equal(5, verification.DroppedCount);
        Assert.True(verification.IsIntact);
    }

    [Fact]
    public async Task AppendAsync_EventThatWasDropped_IsNewAgain()
    {
        var log = new InMemoryEventLog(capacity: 1);
        await log.AppendAsync([EventSamples.Event(1)], Stop);
        await log.AppendAsync([EventSamples.Event(2)], Stop);

        await log.AppendAsync([EventSamples.Event(1)], Stop);

        Assert.Equal(EventSamples.IdOf(1), Assert.Single((await log.ListAsync(EventQuery.All, Stop)).Events).Event.Id);
    }

    [Fact]
    public async Task ApplyRetentionAsync_MaxAge_IsMeasuredByTheClock()
    {
        var clock = new TestClock(EventSamples.Start);
        var log = new InMemoryEventLog(clock: clock);
        await log.AppendAsync(EventSamples.Events(0, 3), Stop);
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(1, (await log.ApplyRetentionAsync(new EventRetention(MaxAge: TimeSpan.FromMinutes(1)), Stop)).Count);

        var told = (await log.ListAsync(EventQuery.All, Stop)).Events[^1].Event;
        Assert.Equal(AgentEventTypes.RetentionApplied, told.Type);
        Assert.Equal(clock.GetUtcNow(), told.Time);
        Assert.Equal(0, log.DroppedCount);
    }

    [Fact]
    public async Task VerifyAsync_WithKey_SaysThatItIsKeyed()
    {
        var log = new InMemoryEventLog(options: new EventLogOptions { HmacKey = [.. new byte[31], 1] });

        Assert.True((await log.VerifyAsync(cancellationToken: Stop)).IsKeyed);
        Assert.False((await new InMemoryEventLog().VerifyAsync(cancellationToken: Stop)).IsKeyed);
    }

    [Theory]
    [InlineData(PageOrder.OldestFirst, long.MaxValue)]
    [InlineData(PageOrder.NewestFirst, long.MinValue)]
    public async Task ListAsync_CursorBeyondTheEnd_GivesAnEmptyPage(PageOrder order, long position)
    {
        var log = new InMemoryEventLog();
        await log.AppendAsync(EventSamples.Events(0, 3), Stop);
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, position);
        var query = new EventQuery { Order = order };

        var page = await log.ListAsync(query with { Cursor = CursorCodec.Encode(new EventFilter(query).Fingerprint(order), bytes) }, Stop);

        Assert.Empty(page.Events);
        Assert.Null(page.NextCursor);
    }
}
