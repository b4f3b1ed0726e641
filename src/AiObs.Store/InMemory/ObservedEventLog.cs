using AiObs.Events;
using AiObs.Store.Telemetry;

namespace AiObs.Store.InMemory;

/// <summary>A log with a span and a duration for each of its operations, as databases have them.</summary>
internal sealed class ObservedEventLog(IEventLog log, StoreOperations operations) : IEventLog
{
    public async ValueTask AppendAsync(IReadOnlyList<AgentEvent> events, CancellationToken cancellationToken = default) => await operations.RunAsync(
        StoreOperationNames.EventAppend,
        conversationId: null,
        async token =>
        {
            await log.AppendAsync(events, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask<EventPage> ListAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.EventQuery, query, token => log.ListAsync(query, token), cancellationToken);

    public ValueTask<long> CountAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.EventCount, query, token => log.CountAsync(query, token), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, long>> CountByTypeAsync(EventQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.EventCount, query, token => log.CountByTypeAsync(query, token), cancellationToken);

    public ValueTask<EventLogVerification> VerifyAsync(
        IReadOnlyList<EventLogAnchor>? anchors = null, CancellationToken cancellationToken = default) => operations.RunAsync(
            StoreOperationNames.EventVerify,
            conversationId: null,
            token => log.VerifyAsync(anchors, token),
            cancellationToken,
            static verification => verification.IsIntact ? null : StoreOutcomes.Violation);

    public ValueTask<Erasure> EraseContentAsync(EventQuery query, string reason, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.EventErase, query, token => log.EraseContentAsync(query, reason, token), cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(EventRetention retention, CancellationToken cancellationToken = default) => operations.RunAsync(
        StoreOperationNames.EventRetain, conversationId: null, token => log.ApplyRetentionAsync(retention, token), cancellationToken);

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) =>
        operations.RunAsync(StoreOperationNames.EventWipe, conversationId: null, log.WipeErasedAsync, cancellationToken);

    private ValueTask<T> RunAsync<T>(string operation, EventQuery query, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return operations.RunAsync(operation, query.ConversationId, work, cancellationToken);
    }
}
