using System.Collections.Concurrent;
using AiObs.Cost.Ledger;

namespace AiObs.Cost;

/// <summary>Running totals of all calls, by user, conversation, session, provider, model, tag and day, readable at any moment.</summary>
/// <remarks>
/// <para>
/// Adding is lock-free: records that agree in everything they are added up by share an immutable sum that is replaced by
/// compare-and-swap, so no thread ever waits for another one. What is pending there is folded into the rows when somebody reads.
/// A record is in one pending sum, so a reader sees it in all rows or in none.
/// </para>
/// <para>
/// Each grouping tells a limited number of keys apart. The keys whose latest call is the oldest roll into one row for the rest, so
/// that the rows of a grouping always add up to the total. A key that comes back later starts at zero.
/// </para>
/// </remarks>
public sealed class CostAccumulator
{
    /// <summary>The number of keys per grouping unless the constructor is told otherwise: 1,000.</summary>
    public const int DefaultCapacity = 1_000;

    /// <summary>The largest number of keys per grouping: 100,000.</summary>
    public const int MaxCapacity = 100_000;

    private const int PendingLimit = 4_096;

    // What is added up keeps no receipt alive.
    private static readonly CostReceipt NoReceipt = new() { Usage = UsageQuantities.Empty };

    private readonly ConcurrentDictionary<CostRecord, PendingCost> _pending = new(SameKeysComparer.Instance);
    private readonly Lock _folding = new();
    private readonly CostRows[] _rows;
    private CostSum _total = CostSum.Zero;
    private int _pendingCount;

    // Calls come in runs with the same keys, and to compare keys takes a part of the time that to hash them takes.
    private PendingCost? _latest;

    /// <summary>Initializes a new instance of the <see cref="CostAccumulator"/> class.</summary>
    /// <param name="capacity">How many keys each grouping tells apart. Must lie between 1 and 100,000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> lies outside of that range.</exception>
    public CostAccumulator(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _rows = [.. CostKeys.Groupings.Select(_ => new CostRows(capacity))];
    }

    /// <summary>Gets the sum of all that was added.</summary>
    public CostSum Total
    {
        get
        {
            lock (_folding)
            {
                Fold();
                return _total;
            }
        }
    }

    /// <summary>Adds a record to the totals that it counts to.</summary>
    /// <param name="record">The record. A correction changes amounts without counting another call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is <see langword="null"/>.</exception>
    public void Add(CostRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (_latest is { } latest && SameKeysComparer.Instance.Equals(latest.Keys, record) && latest.TryAdd(record))
        {
            return;
        }

        var pending = PendingOf(record);
        while (!pending.TryAdd(record))
        {
            // A fold closed this one but has not taken it out yet; whoever gets there first does.
            TakeOut(pending);
            pending = PendingOf(record);
        }

        _latest = pending;
    }

    /// <summary>Gets the sum of one key.</summary>
    /// <param name="grouping">What the key is.</param>
    /// <param name="key">The key; <see langword="null"/> for the records that have none.</param>
    /// <returns>The sum; <see langword="null"/> when nothing was added under the key, or not since it rolled into the rest.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such grouping.</exception>
    public CostSum? Find(CostGrouping grouping, string? key)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)grouping, (uint)_rows.Length, nameof(grouping));
        lock (_folding)
        {
            Fold();
            return _rows[(int)grouping].Find(key);
        }
    }

    /// <summary>Reads everything at once.</summary>
    /// <returns>The totals; each record that was added is in all of them or in none.</returns>
    public CostTotals Read()
    {
        lock (_folding)
        {
            Fold();
            return new(_total, [.. _rows.Select(static rows => rows.ToGroups())], _rows.Sum(static rows => rows.RolledCount));
        }
    }

    private PendingCost PendingOf(CostRecord record)
    {
        if (_pending.TryGetValue(record, out var pending))
        {
            return pending;
        }

        pending = _pending.GetOrAdd(record with { Receipt = NoReceipt }, static keys => new(keys));
        if (pending.TryCount() && Interlocked.Increment(ref _pendingCount) > PendingLimit)
        {
            TryEmpty();
        }

        return pending;
    }

    /// <summary>Makes room. A thread that finds another one at it goes on at once.</summary>
    private void TryEmpty()
    {
        if (!_folding.TryEnter())
        {
            return;
        }

        try
        {
            foreach (var (_, pending) in _pending)
            {
                Fold(pending, pending.Close());
                TakeOut(pending);
            }

            Trim();
        }
        finally
        {
            _folding.Exit();
        }
    }

    private void TakeOut(PendingCost pending)
    {
        if (_pending.TryRemove(KeyValuePair.Create(pending.Keys, pending)))
        {
            Interlocked.Decrement(ref _pendingCount);
        }
    }

    private void Fold()
    {
        foreach (var (_, pending) in _pending)
        {
            Fold(pending, pending.Take());
        }

        Trim();
    }

    private void Fold(PendingCost pending, CostSum sum)
    {
        if (sum.RecordCount == 0)
        {
            return;
        }

        _total = _total.Add(sum);
        foreach (var grouping in CostKeys.Groupings)
        {
            foreach (var key in CostKeys.Of(pending.Keys, grouping))
            {
                _rows[(int)grouping].Add(key, sum, pending.LatestTicks);
            }
        }
    }

    private void Trim() => Array.ForEach(_rows, static rows => rows.Trim());
}
