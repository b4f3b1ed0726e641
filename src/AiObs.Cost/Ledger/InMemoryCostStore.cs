using System.Runtime.CompilerServices;
using AiObs.Cost.Ledger;

namespace AiObs.Cost;

/// <summary>Keeps the latest cost records in memory; they go with the process.</summary>
/// <remarks>
/// Recording takes constant time on average, reading looks at every record. What was dropped is in no list, count or sum any more. A call that is
/// recorded again long after its record was dropped counts as new: at least the capacity and at most twice as many calls are remembered.
/// </remarks>
public sealed class InMemoryCostStore : ICostStoreInMemory
{
    /// <summary>The number of records that are kept unless the constructor is told otherwise: 1,000.</summary>
    public const int DefaultCapacity = 1_000;

    /// <summary>The largest number of records that can be kept: 1,000,000.</summary>
    public const int MaxCapacity = 1_000_000;

    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<CostRecord, object> _erased = [];
    private RecordWindow _records = new();
    private readonly RecentKeys<string> _calls;
    private readonly RecentKeys<Guid> _corrected;
    private readonly TimeProvider _clock;
    private readonly int _capacity;
    private long _droppedCount;

    /// <summary>Initializes a new instance of the <see cref="InMemoryCostStore"/> class.</summary>
    /// <param name="capacity">How many records are kept; the oldest are dropped. Must lie between 1 and 1,000,000.</param>
    /// <param name="clock">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> lies outside of that range.</exception>
    public InMemoryCostStore(int capacity = DefaultCapacity, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _capacity = capacity;
        _clock = clock ?? TimeProvider.System;
        _calls = new(capacity, StringComparer.Ordinal);
        _corrected = new(capacity);
    }

    /// <summary>Gets how many records were dropped to make room, since the store was made; those that a retention dropped are not among them.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <inheritdoc/>
    public ValueTask<bool> RecordAsync(CostRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return new(TryAppend(record));
        }
    }

    /// <inheritdoc/>
    public ValueTask<CostPage> ListAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        var selection = new CostPageSelection(query);
        foreach (var record in Find(query, cancellationToken))
        {
            selection.Offer(record);
        }

        return new(selection.ToPage());
    }

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        new(Find(query, cancellationToken).LongCount());

    /// <inheritdoc/>
    public ValueTask<CostSum> SumAsync(CostQuery query, CancellationToken cancellationToken = default) =>
        new(Find(query, cancellationToken).Aggregate(CostSum.Zero, static (sum, record) => sum.Add(record)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CostGroup>> SumByAsync(
        CostQuery query, CostGrouping grouping, CancellationToken cancellationToken = default)
    {
        var groups =
            from record in Find(query, cancellationToken)
            from key in CostKeys.Of(record, grouping)
            group record by key into records
            select new CostGroup(records.Key, records.Aggregate(CostSum.Zero, static (sum, record) => sum.Add(record)));
        return new(CostGroup.Sort([.. groups]));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CostInterval>> SumSeriesAsync(
        CostQuery query, TimeSpan interval, CostGrouping? grouping = null, int top = 8, CancellationToken cancellationToken = default)
    {
        var series = new CostSeries(query, interval, grouping, top);
        foreach (var record in Find(query, cancellationToken))
        {
            series.Add(record);
        }

        return new(series.ToIntervals());
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> EraseIdsAsync(CostQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var (pseudonyms, kept, count) = (new Pseudonyms(), new RecordWindow(), 0);
            foreach (var record in _records.Snapshot())
            {
                var isErased = HasIds(record) && query.Matches(record);
                kept.Append(isErased ? Erase(record, pseudonyms) : record);
                count += isErased ? 1 : 0;
            }

            _records = kept;
            return new(new Erasure(count, IsWiped: true));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Erasure> ApplyRetentionAsync(TimeSpan maxAge, CancellationToken cancellationToken = default)
    {
        var oldest = CostRetention.OldestTicks(maxAge, _clock.GetUtcNow());
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var count = CostRetention.CountDroppable([.. _records.Snapshot()], oldest);
            for (var dropped = 0; dropped < count; dropped++)
            {
                _records.DropOldest();
            }

            return new(new Erasure(count, IsWiped: true));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> WipeErasedAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(true);
    }

    /// <summary>Tells whether a record has ids of its own, not those of an erasure.</summary>
    private bool HasIds(CostRecord record) =>
        (record.ConversationId ?? record.UserId ?? record.SessionId) is not null && !_erased.TryGetValue(record, out _);

    private CostRecord Erase(CostRecord record, Pseudonyms pseudonyms)
    {
        var erased = record with
        {
            ConversationId = pseudonyms.Of(record.ConversationId),
            UserId = pseudonyms.Of(record.UserId),
            SessionId = pseudonyms.Of(record.SessionId),
        };
        _erased.Add(erased, _erased);
        return erased;
    }

    private bool TryAppend(CostRecord record)
    {
        if (!(record.Corrects is { } corrected ? _corrected.Add(corrected) : _calls.Add(record.CallId)))
        {
            return false;
        }

        _records.Append(record);
        if (_records.Count > _capacity)
        {
            _records.DropOldest();
            Interlocked.Increment(ref _droppedCount);
        }

        return true;
    }

    private IEnumerable<CostRecord> Find(CostQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return _records.Snapshot().Where(query.Matches);
        }
    }
}
