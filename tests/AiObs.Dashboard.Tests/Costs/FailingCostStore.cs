using AiObs.Cost;

namespace AiObs.Dashboard.Tests.Costs;

/// <summary>Fails where it is asked for one thing, and answers for the rest.</summary>
internal sealed class FailingCostStore : ICostStore
{
    private readonly InMemoryCostStore _inner = new();

    public bool FailsSum { get; init; }

    public bool FailsGroups { get; init; }

    public bool FailsSeries { get; init; }

    public ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default) => _inner.RecordAsync(record, cancellationToken);

    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.ListAsync(query, cancellationToken);

    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.CountAsync(query, cancellationToken);

    public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        FailsSum ? throw new IOException("no sum") : _inner.SumAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default) =>
        FailsGroups ? throw new IOException("no groups") : _inner.SumByAsync(query, grouping, cancellationToken);

    public ValueTask<IReadOnlyList<CostInterval>> SumSeriesAsync(
        CostQuery query, TimeSpan interval, CostGrouping? grouping = null, int top = 8, CancellationToken cancellationToken = default) =>
        FailsSeries ? throw new IOException("no series") : _inner.SumSeriesAsync(query, interval, grouping, top, cancellationToken);

    public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default) => _inner.EraseIdsAsync(query, cancellationToken);

    public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default) => _inner.ApplyRetentionAsync(maxAge, cancellationToken);

    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default) => _inner.WipeErasedAsync(cancellationToken);
}
