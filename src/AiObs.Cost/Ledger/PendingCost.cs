namespace AiObs.Cost.Ledger;

/// <summary>What was added under the same keys since the last fold. Lock-free: the sum is immutable and replaced by compare-and-swap.</summary>
/// <param name="keys">A record with these keys.</param>
internal sealed class PendingCost(CostRecord keys)
{
    // Known by reference alone, so no sum can be taken for it.
    private static readonly CostSum Closed = new();

    private CostSum _sum = CostSum.Zero;
    private long _latestTicks;
    private int _isCounted;

    /// <summary>Gets a record with the keys; its other values say nothing.</summary>
    public CostRecord Keys => keys;

    /// <summary>Gets when the latest call started; only the order of eviction hangs on it, so a lost race does not matter.</summary>
    public long LatestTicks => Volatile.Read(ref _latestTicks);

    /// <summary>Returns true to the first caller alone.</summary>
    public bool TryCount() => Interlocked.Exchange(ref _isCounted, 1) == 0;

    /// <summary>Adds a record, unless the sum has been closed.</summary>
    public bool TryAdd(CostRecord record)
    {
        var ticks = record.Time.UtcTicks;
        if (ticks > LatestTicks)
        {
            Volatile.Write(ref _latestTicks, ticks);
        }

        var sum = Volatile.Read(ref _sum);
        while (!ReferenceEquals(sum, Closed))
        {
            var found = Interlocked.CompareExchange(ref _sum, sum.Add(record), sum);
            if (ReferenceEquals(found, sum))
            {
                return true;
            }

            sum = found;
        }

        return false;
    }

    /// <summary>Takes the sum and leaves zero.</summary>
    public CostSum Take() => Interlocked.Exchange(ref _sum, CostSum.Zero);

    /// <summary>Takes the sum and lets nothing more be added.</summary>
    public CostSum Close() => Interlocked.Exchange(ref _sum, Closed);
}
