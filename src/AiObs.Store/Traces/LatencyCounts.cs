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

    public void Add(LatencyCounts other)
    {
        foreach (var bucket in other._buckets.Values)
        {
            var before = _buckets.GetValueOrDefault(bucket.Index, new(bucket.Index, 0, 0));
            _buckets[bucket.Index] = new(bucket.Index, before.Count + bucket.Count, before.ErrorCount + bucket.ErrorCount);
        }

        _max = other._max > _max ? other._max : _max;
    }

    public LatencyHistogram ToHistogram() => new(_buckets.Values, _max);
}
