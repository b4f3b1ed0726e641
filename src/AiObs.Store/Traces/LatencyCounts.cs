namespace AiObs.Store.Traces;

/// <summary>Durations that are being counted.</summary>
internal sealed class LatencyCounts
{
    private readonly Dictionary<int, LatencyBucket> _buckets = [];
    private TimeSpan _max;

    public void Add(TimeSpan duration, bool isError)
    {
        var index = LatencyBucket.IndexOf(duration);
        var before = _buckets.GetValueOrDefault(index, new(index, 0, 0));
        _buckets[index] = new(index, before.Count + 1, before.ErrorCount + (isError ? 1 : 0));
        _max = duration > _max ? duration : _max;
    }

    public void Add(LatencyCounts other) => Add(other._buckets.Values, other._max);

    /// <summary>Adds durations that were counted elsewhere.</summary>
    /// <param name="buckets">Their counts.</param>
    /// <param name="max">The longest of them.</param>
    public void Add(IEnumerable<LatencyBucket> buckets, TimeSpan max)
    {
        foreach (var bucket in buckets)
        {
            var before = _buckets.GetValueOrDefault(bucket.Index, new(bucket.Index, 0, 0));
            _buckets[bucket.Index] = new(bucket.Index, before.Count + bucket.Count, before.ErrorCount + bucket.ErrorCount);
        }

        _max = max > _max ? max : _max;
    }

    public LatencyHistogram ToHistogram() => new(_buckets.Values, _max);
}
