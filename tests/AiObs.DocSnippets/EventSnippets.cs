using System.Text.Json;
using AiObs.Events;
using AiObs.Store;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class EventSnippets
{
    public static void Sinks(IServiceCollection services)
    {
        #region snippet:event-sinks
        services.AddAgentObservability()
            .AddCostTracking()
            .AddEventSink<JsonLinesFileSink>()
            .AddStore(s => s.UseSqlite("Data Source=aiobs.db"));
        #endregion
    }

    public static IChatClient ClientSink(IChatClient client, IServiceProvider services)
    {
        #region snippet:event-client-sink
        IChatClient audited = client.AsBuilder()
            .UseFunctionInvocation()
            .UseAgentObservability()
            .UseEventSink(new JsonLinesFileSink("audit.jsonl"), o => o.Delivery = EventDelivery.Durable)
            .Build(services);
        #endregion

        return audited;
    }

    public static void Observer(IServiceCollection services)
    {
        #region snippet:add-observer
        services.AddAgentObservability().AddObserver(new FailedTools());
        #endregion
    }

    public static async Task AttachAsync(AgentObservability observability)
    {
        #region snippet:event-attach
        IAsyncDisposable attached = observability.Events.AddSink(
            new JsonLinesFileSink("incident.jsonl"), o => o.Types.Add(AgentEventTypes.CallFailed), name: "incident");
        #endregion

        #region snippet:event-get-sinks
        foreach (EventSinkStatus sink in observability.Events.GetSinks())
        {
            Console.WriteLine($"{sink.Name}: {sink.State}, {sink.Queued} of {sink.Capacity} wait, {sink.Written} written, {sink.Dropped} lost");
        }
        #endregion

        #region snippet:event-detach
        await attached.DisposeAsync();
        #endregion
    }

    public static async Task Track(AgentObservability observability)
    {
        #region snippet:event-track
        await observability.Events.TrackAsync("feedback_given", data: [new("stars", 4)], content: "Quick, but the joke was bad.");
        #endregion
    }

    public static async Task GiveFeedback(AgentObservability observability, ChatResponse response)
    {
        #region snippet:feedback
        await observability.Feedback.RecordAsync(response.ResponseId!, "helpful", score: 0, label: "thumbs_down", comment: "It forgot my question.");
        #endregion
    }

    public static async Task Read(IEventLog log, DateTimeOffset yesterday)
    {
        #region snippet:event-log-read
        EventPage page = await log.ListAsync(new EventQuery { ConversationId = "c-42", Type = AgentEventTypes.ToolCalled });
        long failures = await log.CountAsync(new EventQuery { Type = AgentEventTypes.CallFailed, After = yesterday });

        EventLogVerification found = await log.VerifyAsync();
        Console.WriteLine(found.IsIntact ? $"{found.EventCount} events, intact" : found.Faults[0].Description);
        #endregion
    }

    public static async Task CountAsync(IEventLog log, DateTimeOffset yesterday)
    {
        #region snippet:event-log-count
        IReadOnlyDictionary<string, long> counts = await log.CountByTypeAsync(new EventQuery { UserId = "u-7", After = yesterday });
        Console.WriteLine($"{counts.GetValueOrDefault(AgentEventTypes.CallFailed)} of {counts.GetValueOrDefault(AgentEventTypes.MessageSent)} calls failed");
        #endregion
    }

    public static async Task Erase(IEventLog log)
    {
        #region snippet:event-log-erase
        Erasure erased = await log.EraseContentAsync(new EventQuery { UserId = "u-7" }, "asked for by the user");
        if (!erased.IsWiped && !await log.WipeErasedAsync())
        {
            Console.WriteLine("Somebody reads since before the erasure; the bytes stay until they have finished.");
        }
        #endregion
    }

    public static async Task AnchorAsync(IEventLog log, string outside)
    {
        #region snippet:event-log-anchors
        EventLogVerification today = await log.VerifyAsync();
        await File.WriteAllTextAsync(outside, JsonSerializer.Serialize(today.Anchors));

        EventLogAnchor[] kept = JsonSerializer.Deserialize<EventLogAnchor[]>(await File.ReadAllTextAsync(outside))!;
        EventLogVerification later = await log.VerifyAsync(kept);
        #endregion
    }

    public static void SeveralStores(IServiceCollection services, string connectionString)
    {
        #region snippet:store-several
        services.AddAgentObservability().AddCostTracking()
            .AddStore(s => s.UseSqlite("Data Source=aiobs.db").Keep(StoreParts.Events))
            .AddStore(s => s.UsePostgreSql(connectionString).Keep(StoreParts.Costs))
            .AddStore("audit", s => s.UseSqlite("Data Source=audit.db").Keep(StoreParts.Events));
        #endregion
    }

    public static void Key(IServiceCollection services, byte[] key)
    {
        #region snippet:event-log-key
        services.AddAgentObservability().AddStore(s => s
            .UseSqlite("Data Source=audit.db")
            .ConfigureEvents(o => o.HmacKey = key)
            .ConfigureDelivery(o => o.Delivery = EventDelivery.Durable));
        #endregion
    }
}
