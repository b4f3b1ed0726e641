using AiObs.Cost.Ledger;
using AiObs.TestSupport.Stubs;

namespace AiObs.Cost.Tests.Ledger;

/// <summary>A store that takes batches, the first write only when the test lets it.</summary>
/// <param name="refuses">Says whether a record is refused, and with it its batch.</param>
internal sealed class BatchCostStore(Func<CostRecord, bool> refuses) : ICostBatchStore
{
    private readonly InMemoryCostStore _inner = new();
    private readonly List<int> _writes = [];

    /// <summary>Gets what opens when the first write has begun.</summary>
    public StubGate Asked { get; } = new();

    /// <summary>Gets what the writes wait for.</summary>
    public StubGate Gate { get; } = new();

    /// <summary>Gets how many records each write had that was tried.</summary>
    public IReadOnlyList<int> Writes => _writes;

    public async ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
    {
        await RecordAllAsync([record], cancellationToken);
        return true;
    }

    public async ValueTask RecordAllAsync(IReadOnlyList<CostRecord> records, CancellationToken cancellationToken)
    {
        Asked.Release();
        await Gate.WaitAsync(cancellationToken);
        _writes.Add(records.Count);
        if (records.Any(refuses))
        {
            throw new IOException("The store does not take this.");
        }

        foreach (var record in records)
        {
            await _inner.RecordAsync(record, cancellationToken);
        }
    }

    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.CountAsync(query, cancellationToken);

    public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.SumAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default) =>
        _inner.SumByAsync(query, grouping, cancellationToken);

    public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.EraseIdsAsync(query, cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default) =>
        _inner.ApplyRetentionAsync(maxAge, cancellationToken);

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => _inner.WipeErasedAsync(cancellationToken);
}
