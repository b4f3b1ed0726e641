using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>The operations of stores, each of which a test lets fail at every step.</summary>
internal static class StoreStep
{
    /// <summary>The events that a log has before, and their number.</summary>
    public const int Before = 3;

    /// <summary>The event that <c>append</c> appends.</summary>
    public const int Appended = 10;

    private static readonly Dictionary<string, Func<IEventLog, ICostStore, CancellationToken, Task>> Operations = new()
    {
        ["append"] = static async (log, _, stop) => await log.AppendAsync([EventSamples.Full(Appended)], stop),
        ["list"] = static async (log, _, stop) => await log.ListAsync(EventQuery.All, stop),
        ["count"] = static async (log, _, stop) => await log.CountAsync(EventQuery.All, stop),
        ["count by type"] = static async (log, _, stop) => await log.CountByTypeAsync(EventQuery.All, stop),
        ["verify"] = static async (log, _, stop) => await log.VerifyAsync(cancellationToken: stop),
        ["erase"] = static async (log, _, stop) => await log.EraseContentAsync(EventQuery.All, "asked to", stop),
        ["retain"] = static async (log, _, stop) => await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 2), stop),
        ["wipe"] = static async (log, _, stop) => await log.WipeErasedAsync(stop),
        ["record"] = static async (_, costs, stop) => await costs.RecordAsync(CostSamples.Call(Appended), stop),
        ["record all"] = static async (_, costs, stop) => await ((ICostBatchStore)costs).RecordAllAsync([CostSamples.Call(Appended), CostSamples.Call(Appended + 1)], stop),
        ["query"] = static async (_, costs, stop) => await costs.ListAsync(CostQuery.All, stop),
        ["count costs"] = static async (_, costs, stop) => await costs.CountAsync(CostQuery.All, stop),
        ["sum"] = static async (_, costs, stop) => await costs.SumAsync(CostQuery.All, stop),
        ["erase costs"] = static async (_, costs, stop) => await costs.EraseIdsAsync(CostQuery.All, stop),
        ["retain costs"] = static async (_, costs, stop) => await costs.ApplyRetentionAsync(TimeSpan.Zero, stop),
        ["wipe costs"] = static async (_, costs, stop) => await costs.WipeErasedAsync(stop),
        ["sum by"] = static async (_, costs, stop) => await costs.SumByAsync(CostQuery.All, CostGrouping.Model, stop),
    };

    public static IEnumerable<string> Names => Operations.Keys;

    public static Task RunAsync(string operation, IEventLog log, ICostStore costs, CancellationToken cancellationToken) =>
        Operations[operation](log, costs, cancellationToken);

    /// <summary>Asserts that an operation that failed said so as it should, and that all is there and goes on.</summary>
    public static async Task AssertWellAsync(string operation, Exception? failure, IEventLog log, ICostStore costs, CancellationToken stop)
    {
        if (failure is not null)
        {
            Assert.IsType<StoreException>(failure);
            Assert.Contains(". ", failure.Message, StringComparison.Ordinal);
        }

        var isDone = failure is null;
        await RunAsync(operation, log, costs, stop);
        var events = await log.ReadAsync(EventQuery.All, stop).ToListAsync(stop);
        var samples = events.Where(static logged => logged.Event.Type is not (AgentEventTypes.ContentErased or AgentEventTypes.RetentionApplied))
            .Select(static logged => EventSamples.NumberOf(logged.Event.Id));
        Assert.Equal(SamplesAfter(operation), samples);
        if (operation == "erase")
        {
            Assert.All(events, static logged => Assert.Null(logged.Event.Content));
        }

        Assert.Equal(CostsAfter(operation), await costs.CountAsync(CostQuery.All, stop));
        Assert.Equal(operation is "erase costs" or "retain costs" ? 0 : 1, await costs.CountAsync(new CostQuery { UserId = "user" }, stop));
        Assert.Empty((await log.VerifyAsync(cancellationToken: stop)).Faults);
        await log.AppendAsync([EventSamples.Event(20)], stop);
        Assert.True(await costs.RecordAsync(CostSamples.Call(20), stop));
        Assert.True(isDone || failure is StoreException);
    }

    private static int CostsAfter(string operation) => operation switch
    {
        "record" => 2,
        "record all" => 3,
        "retain costs" => 0,
        _ => 1,
    };

    private static int[] SamplesAfter(string operation) => operation switch
    {
        "append" => [1, 2, 3, Appended],

        // The event that tells of the retention takes one of the two places; run again, it is there already.
        "retain" => [Before],
        _ => [1, 2, 3],
    };
}
