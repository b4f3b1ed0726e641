using AiObs.Events;
using AiObs.Store.Sql.Conversations;
using AiObs.Store.Tests.Sql.Conversations;
using AiObs.Store.Tests.Sql.Events;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Faults.Steps;

/// <summary>The commits of conversation stores, each of which a test lets fail at every step.</summary>
internal static class ConversationStep
{
    private static readonly Dictionary<string, Func<SqlConversationStore, CancellationToken, Task>> Operations = new()
    {
        ["create"] = static async (store, stop) => await store.CommitAsync(ConversationReading.Commit("c-2", 3, 4), stop),
        ["append"] = static async (store, stop) => await store.CommitAsync(
            ConversationReading.Commit("c-1", 3, 4) with { Fork = new(0, 1), MakesCurrent = true, Turn = new TurnRecord { Id = "t-1", StartedAt = EventSamples.Start } }, stop),
        ["erase"] = static async (store, stop) => await store.CommitAsync(ConversationSamples.Commit() with { ConversationId = "c-1", Delete = ConversationDelete.Erase }, stop),
        ["read"] = static async (store, stop) => await store.ReadAsync(new() { ConversationId = "c-1" }, stop),
    };

    public static IEnumerable<string> Names => Operations.Keys;

    /// <summary>Makes what a store has before.</summary>
    public static async Task PrepareAsync(SqlConversationStore store, CancellationToken stop)
    {
        await store.CommitAsync(ConversationReading.Commit("c-1", 1, 2), stop);
        await store.FlushEventsAsync(stop);
    }

    public static Task RunAsync(string operation, SqlConversationStore store, CancellationToken stop) => Operations[operation](store, stop);

    /// <summary>Asserts that an operation that failed said so as it should, that nothing of it was done or all, rows and events, and that it can be done again.</summary>
    public static async Task AssertWellAsync(string operation, Exception? failure, SqlConversationStore store, IEventLog log, CancellationToken stop)
    {
        if (failure is not null)
        {
            Assert.IsType<StoreException>(failure);
            Assert.Contains(". ", failure.Message, StringComparison.Ordinal);
        }

        var isDone = await TellsAsync(operation, store, log, stop);
        Assert.True(failure is not null || isDone);
        if (!isDone || operation is "create" or "append")
        {
            // Where it is done, this is a replay.
            await RunAsync(operation, store, stop);
        }

        Assert.True(await TellsAsync(operation, store, log, stop));
        await store.CommitAsync(ConversationReading.Commit("c-9", 9), stop);
        await store.FlushEventsAsync(stop);
        await LogReading.AssertIntactAsync(log);
    }

    /// <summary>Tells whether the operation was done, and asserts that rows and events say the same.</summary>
    private static async Task<bool> TellsAsync(string operation, SqlConversationStore store, IEventLog log, CancellationToken stop)
    {
        await store.FlushEventsAsync(stop);
        var first = await store.FindAsync("", "c-1", includeHidden: true, stop);
        var second = await store.FindAsync("", "c-2", cancellationToken: stop);
        var events = await log.ReadAsync(EventQuery.All, stop).ToListAsync(stop);
        var samples = events.Where(static logged => logged.Event.Type == "sample").Select(static logged => EventSamples.NumberOf(logged.Event.Id));
        var isDone = operation switch
        {
            "create" => second is not null,
            "append" => first!.Version == 2,
            "erase" => first is null,
            _ => true,
        };
        Assert.Equal(isDone && operation is "create" or "append" ? [1, 2, 3, 4] : [1, 2], samples);
        Assert.Equal(isDone && operation == "erase" ? 1 : 0, events.Count(static logged => logged.Event.Type == AgentEventTypes.ContentErased));
        Assert.Equal(isDone && operation == "erase" ? 0 : samples.Count(), events.Count(static logged => logged.Event.Content is not null));
        Assert.Equal((isDone, operation) switch { (true, "append") => 2, (true, "erase") => 0, _ => 1 }, first?.BranchCount ?? 0);
        Assert.Equal(isDone && operation == "append" ? 1 : 0, (await store.ListTurnsAsync("", "c-1", cancellationToken: stop)).Count);
        var messages = (await ConversationReading.ReadAsync(store, "c-1")).Concat(await ConversationReading.ReadAsync(store, "c-2")).Select(static message => message.Id);
        Assert.Equal((isDone, operation) switch { (true, "create") => ["m-1", "m-2", "m-3", "m-4"], (true, "append") => ["m-1", "m-3", "m-4"], (true, "erase") => [], _ => ["m-1", "m-2"] }, messages);
        return isDone;
    }
}
