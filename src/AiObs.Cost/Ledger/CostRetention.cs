namespace AiObs.Cost.Ledger;

/// <summary>Which records a rule of age lets go.</summary>
internal static class CostRetention
{
    /// <summary>Returns the time, in ticks of UTC, before which records are too old.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The age is negative.</exception>
    public static long OldestTicks(TimeSpan maxAge, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.Zero);
        return Math.Max(0, now.UtcTicks - maxAge.Ticks);
    }

    /// <summary>Returns how many of the first records go: the old ones before the first young one, as far as no correction stays without what it corrects.</summary>
    public static int CountDroppable(IReadOnlyList<CostRecord> records, long oldestTicks)
    {
        var places = new Dictionary<Guid, int>();
        for (var i = 0; i < records.Count; i++)
        {
            places.TryAdd(records[i].Id, i);
        }

        var end = 0;
        while (end < records.Count && records[end].Time.UtcTicks < oldestTicks)
        {
            end++;
        }

        // What a correction keeps may be a correction itself.
        for (var before = int.MaxValue; end < before;)
        {
            before = end;
            for (var i = before; i < records.Count; i++)
            {
                if (records[i].Corrects is { } corrected && places.TryGetValue(corrected, out var place))
                {
                    end = Math.Min(end, place);
                }
            }
        }

        return end;
    }
}
