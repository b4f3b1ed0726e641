namespace AiObs.Store.Traces;

/// <summary>Adds durations up in groups.</summary>
internal sealed class LatencyGroups(LatencyGrouping? by, TimeSpan? interval)
{
    private readonly Dictionary<(DateTimeOffset? Start, string Key, bool HasKey), LatencyCounts> _groups = [];

    public void Add(LatencyKey key, LatencyCounts counts) => Add(key.StartOf(interval), key, counts);

    /// <summary>Adds durations of a part of the series that starts at a time.</summary>
    public void Add(DateTimeOffset? start, LatencyKey key, LatencyCounts counts)
    {
        var value = key.ValueOf(by);
        var group = (start, value ?? "", value is not null);
        if (!_groups.TryGetValue(group, out var sum))
        {
            _groups[group] = sum = new();
        }

        sum.Add(counts);
    }

    /// <summary>Returns the groups by start, then by key.</summary>
    public IReadOnlyList<LatencyGroup> ToList() =>
    [
        .. _groups
            .Select(static group => new LatencyGroup(group.Key.HasKey ? group.Key.Key : null, group.Key.Start, group.Value.ToHistogram()))
            .OrderBy(static group => group.Start).ThenBy(static group => group.Key, StringComparer.Ordinal),
    ];
}
