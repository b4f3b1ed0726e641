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
        Dictionary<(DateTimeOffset? Start, string Key, bool HasKey), LatencyCounts> groups = [];
        foreach (var (key, counts) in _hours.Values.SelectMany(static hour => hour).Where(pair => filter.Matches(pair.Key)))
        {
            var value = key.ValueOf(query.By);
            var group = (key.StartOf(query.Interval), value ?? "", value is not null);
            if (!groups.TryGetValue(group, out var sum))
            {
                groups[group] = sum = new();
            }

            sum.Add(counts.ToHistogram());
        }

        return [.. groups
            .Select(static group => new LatencyGroup(group.Key.HasKey ? group.Key.Key : null, group.Key.Start, group.Value.ToHistogram()))
            .OrderBy(static group => group.Start).ThenBy(static group => group.Key, StringComparer.Ordinal)];
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
