namespace AiObs.Store.Traces;

/// <summary>Durations in memory, rolled up by the hour. The oldest hours go where there are too many.</summary>
internal sealed class LatencyTable
{
    private const int MaxKeys = 20_000;

    private readonly SortedDictionary<long, Dictionary<LatencyKey, LatencyCounts>> _hours = [];
    private int _keyCount;

    public void Add(SpanRecord span)
    {
        if (LatencyKey.Of(span) is not { } key)
        {
            return;
        }

        if (!_hours.TryGetValue(key.Hour, out var hour))
        {
            _hours[key.Hour] = hour = [];
        }

        if (hour.Count >= LatencyKey.MaxPerHour && !hour.ContainsKey(key))
        {
            key = key.ToOther();
        }

        if (!hour.TryGetValue(key, out var counts))
        {
            hour[key] = counts = new();
            _keyCount++;
        }

        counts.Add(span.Duration, span.IsError);
        while (_keyCount > MaxKeys)
        {
            DropOldest();
        }
    }

    public IReadOnlyList<LatencyGroup> Summarize(LatencyQuery query)
    {
        var filter = new LatencyFilter(query);
        var groups = new LatencyGroups(query.By, query.Interval);
        foreach (var (key, counts) in _hours.Values.SelectMany(static hour => hour).Where(pair => filter.Matches(pair.Key)))
        {
            groups.Add(key, counts);
        }

        return groups.ToList();
    }

    public void DropBefore(long hour)
    {
        while (_hours.Count > 0 && _hours.Keys.First() < hour)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        var (hour, keys) = _hours.First();
        _keyCount -= keys.Count;
        _hours.Remove(hour);
    }
}
