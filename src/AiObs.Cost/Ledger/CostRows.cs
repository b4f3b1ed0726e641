namespace AiObs.Cost.Ledger;

/// <summary>The totals of one grouping. Not thread-safe.</summary>
internal sealed class CostRows(int capacity)
{
    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private CostSum? _keyless;
    private CostSum? _rest;

    /// <summary>Gets how many times a key rolled into the rest.</summary>
    public long RolledCount { get; private set; }

    public void Add(string? key, CostSum sum, long latestTicks)
    {
        if (key is null)
        {
            _keyless = (_keyless ?? CostSum.Zero).Add(sum);
        }
        else if (_rows.TryGetValue(key, out var row))
        {
            row.Sum = row.Sum.Add(sum);
            row.LatestTicks = Math.Max(row.LatestTicks, latestTicks);
        }
        else
        {
            _rows.Add(key, new Row { Sum = sum, LatestTicks = latestTicks });
        }
    }

    public CostSum? Find(string? key) => key is null ? _keyless : _rows.GetValueOrDefault(key)?.Sum;

    /// <summary>Rolls the keys whose latest call is the oldest into the rest until the others fit.</summary>
    public void Trim()
    {
        var excess = _rows.Count - capacity;
        if (excess <= 0)
        {
            return;
        }

        string[] keys = [.. _rows.Keys];
        long[] latest = [.. _rows.Values.Select(static row => row.LatestTicks)];
        Array.Sort(latest, keys);
        foreach (var key in keys.AsSpan(0, excess))
        {
            _rows.Remove(key, out var row);
            _rest = (_rest ?? CostSum.Zero).Add(row!.Sum);
        }

        RolledCount += excess;
    }

    public IReadOnlyList<CostGroup> ToGroups()
    {
        var groups = _rows.Select(static row => new CostGroup(row.Key, row.Value.Sum)).ToList();
        if (_keyless is not null)
        {
            groups.Add(new(null, _keyless));
        }

        if (_rest is not null)
        {
            groups.Add(new(null, _rest) { IsOther = true });
        }

        return CostGroup.Sort(groups);
    }

    private sealed class Row
    {
        public required CostSum Sum { get; set; }

        public required long LatestTicks { get; set; }
    }
}
