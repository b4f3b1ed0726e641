namespace AiObs.Store.Traces;

/// <summary>Adds durations up in groups.</summary>
internal sealed class LatencyGroups(LatencyGrouping? by, TimeSpan? interval)
{
    private readonly Dictionary<(DateTimeOffset? Start, string Key, bool HasKey), LatencyCounts> _groups = [];

    /// <summary>Adds durations of an hour.</summary>
    public void Add(LatencyKey key, LatencyCounts counts) => Find(key.Hour, key.ValueOf(by)).Add(counts);

    /// <summary>Adds durations of a part of the series that starts at a time.</summary>
    public void Add(DateTimeOffset? start, LatencyKey key, LatencyCounts counts) => Find(start, key.ValueOf(by)).Add(counts);

    /// <summary>Returns the group of an hour and a value.</summary>
    public LatencyCounts Find(long hour, string? value) => Find(LatencyKey.StartOf(hour, interval), value);

    /// <summary>Returns the groups by start, then by key.</summary>
    public IReadOnlyList<LatencyGroup> ToList() =>
    [
        .. _groups
            .Select(static group => new LatencyGroup(group.Key.HasKey ? group.Key.Key : null, group.Key.Start, group.Value.ToHistogram()))
            .OrderBy(static group => group.Start).ThenBy(static group => group.Key, StringComparer.Ordinal),
    ];

    private LatencyCounts Find(DateTimeOffset? start, string? value)
    {
        var group = (start, value ?? "", value is not null);
        if (!_groups.TryGetValue(group, out var sum))
        {
            _groups[group] = sum = new();
        }

        return sum;
    }
}
