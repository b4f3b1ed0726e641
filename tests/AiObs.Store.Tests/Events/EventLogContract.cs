using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

/// <summary>What every <see cref="IEventLog"/> does. A test class derives from it for each implementation.</summary>
public abstract partial class EventLogContract
{
    /// <summary>Makes an empty log for one test, with room for 20,000 events.</summary>
    protected abstract ValueTask<IEventLog> CreateLogAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<IEventLog> CreateLogAsync(params AgentEvent[] events)
    {
        var log = await CreateLogAsync();
        await log.AppendAsync(events, Stop);
        return log;
    }

    private static async Task<List<LoggedEvent>> ReadAsync(IEventLog log, EventQuery? query = null) =>
        await log.ReadAsync(query ?? EventQuery.All, Stop).ToListAsync(Stop);

    private static async Task<IEnumerable<int>> NumbersAsync(IEventLog log, EventQuery? query = null) => Numbers(await ReadAsync(log, query));

    private static IEnumerable<int> Numbers(IEnumerable<LoggedEvent> events) => [.. events.Select(static logged => EventSamples.NumberOf(logged.Event.Id))];

    private static async Task AssertIntactAsync(IEventLog log, IReadOnlyList<EventLogAnchor>? anchors = null)
    {
        var verification = await log.VerifyAsync(anchors, Stop);

        Assert.Empty(verification.Faults);
        Assert.True(verification.IsIntact);
    }

    private static async Task<EventLogFault> FaultOfAsync(IEventLog log, EventLogAnchor anchor)
    {
        var verification = await log.VerifyAsync([anchor], Stop);

        Assert.False(verification.IsIntact);
        return Assert.Single(verification.Faults);
    }
}
