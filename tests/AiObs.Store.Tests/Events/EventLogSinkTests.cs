using AiObs.Store.Events;
using AiObs.StoreContracts;
using Microsoft.Extensions.Logging.Testing;

namespace AiObs.Store.Tests.Events;

public sealed class EventLogSinkTests
{
    private readonly InMemoryEventLog _log = new();
    private readonly FakeLogCollector _logs = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_Events_AreAppended()
    {
        await Sink().WriteAsync(EventSamples.Events(0, 3), Stop);

        Assert.Equal(3, await _log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task WriteAsync_ConflictWithTheLog_LeavesOutThatEventAloneAndSaysSo()
    {
        await _log.AppendAsync([EventSamples.Event(1)], Stop);

        await Sink().WriteAsync([EventSamples.Event(0), EventSamples.Event(1) with { Type = "other" }, EventSamples.Event(2)], Stop);

        Assert.Equal([1, 0, 2], await NumbersAsync());
        Assert.StartsWith(
            "An event was left out, because the event log has another one under its id 00000001-0000-0000-0000-000000000002.",
            Assert.Single(_logs.GetSnapshot()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_ConflictWithinTheBatch_KeepsTheFirst()
    {
        await Sink().WriteAsync([EventSamples.Event(1), EventSamples.Event(1) with { Type = "other" }, EventSamples.Event(2)], Stop);

        Assert.Equal([1, 2], await NumbersAsync());
        Assert.Equal(0, await _log.CountAsync(new EventQuery { Type = "other" }, Stop));
    }

    [Fact]
    public async Task WriteAsync_Cancelled_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Sink().WriteAsync(EventSamples.Events(0, 3), new CancellationToken(canceled: true)));

        Assert.Empty(await NumbersAsync());
    }

    private EventLogSink Sink() => new(_log, new FakeLogger(_logs, "test"));

    private async Task<IEnumerable<int>> NumbersAsync() =>
        (await _log.ListAsync(EventQuery.All, Stop)).Events.Select(static logged => EventSamples.NumberOf(logged.Event.Id));
}
