using System.Diagnostics;
using AiObs.Cost;
using AiObs.Cost.Ledger;
using AiObs.Store.Telemetry;

namespace AiObs.Store.InMemory;

/// <summary>The store of costs in memory with a span and a duration for each of its operations, as databases have them.</summary>
internal sealed class ObservedCostStore(InMemoryCostStore store, StoreOperations operations) : ICostStoreInMemory
{
    public ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);

        // Databases are written to behind the calls, so that their spans have no parent; here the call is still running.
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return operations.RunAsync(
                StoreOperationNames.CostRecord, record.ConversationId, token => store.RecordAsync(record, token), cancellationToken);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.CostQuery, query, token => store.ListAsync(query, token), cancellationToken);

    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.CostCount, query, token => store.CountAsync(query, token), cancellationToken);

    public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.CostSum, query, token => store.SumAsync(query, token), cancellationToken);

    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.CostSum, query, token => store.SumByAsync(query, grouping, token), cancellationToken);

    public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        RunAsync(StoreOperationNames.CostErase, query, token => store.EraseIdsAsync(query, token), cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default) => operations.RunAsync(
        StoreOperationNames.CostRetain, conversationId: null, token => store.ApplyRetentionAsync(maxAge, token), cancellationToken);

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) =>
        operations.RunAsync(StoreOperationNames.CostWipe, conversationId: null, store.WipeErasedAsync, cancellationToken);

    private ValueTask<T> RunAsync<T>(string operation, CostQuery query, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return operations.RunAsync(operation, query.ConversationId, work, cancellationToken);
    }
}
