namespace AiObs.Cost.Tests.Ledger;

/// <summary>A store that takes a record only when the test lets it.</summary>
/// <param name="refuses">Says whether a record is refused.</param>
internal sealed class FaultyCostStore(Func<CostRecord, bool> refuses) : ICostStore
{
    private readonly InMemoryCostStore _inner = new();
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _keptCount;
    private int _refusalCount;

    /// <summary>Gets how often a record was refused.</summary>
    public int RefusalCount => Volatile.Read(ref _refusalCount);

    /// <summary>Returns a task that completes when so many records are kept.</summary>
    public Task WaitForKeptAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((count, reached));
            Tell();
        }

        return reached.Task;
    }

    public async ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (refuses(record))
        {
            Interlocked.Increment(ref _refusalCount);
            throw new IOException("The store does not take this.");
        }

        var isNew = await _inner.RecordAsync(record, cancellationToken);
        lock (_lock)
        {
            _keptCount++;
            Tell();
        }

        return isNew;
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

    private void Tell() => _waiting.FindAll(waiting => waiting.Count <= _keptCount).ForEach(static waiting => waiting.Reached.TrySetResult());
}
