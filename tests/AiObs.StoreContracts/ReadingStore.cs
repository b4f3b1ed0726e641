using AiObs.Cost;

namespace AiObs.StoreContracts;

/// <summary>A store that has of its own only what it must have.</summary>
internal sealed class ReadingStore(ICostStore store) : ICostStore
{
    public ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default) => store.RecordAsync(record, cancellationToken);

    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default) => store.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default) => store.CountAsync(query, cancellationToken);

    public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default) => store.SumAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default) =>
        store.SumByAsync(query, grouping, cancellationToken);

    public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default) => store.EraseIdsAsync(query, cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default) => store.ApplyRetentionAsync(maxAge, cancellationToken);

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => store.WipeErasedAsync(cancellationToken);
}
