using System.Runtime.InteropServices;

namespace AiObs.Store.Traces;

/// <summary>Durations that are being counted.</summary>
internal sealed class LatencyCounts
{
    private readonly Dictionary<int, LatencyBucket> _buckets = [];
    private TimeSpan _max;

    public void Add(TimeSpan duration, bool isError)
    {
        Add(new LatencyBucket(LatencyBucket.IndexOf(duration), 1, isError ? 1 : 0));
        AddMax(duration);
    }

    public void Add(LatencyCounts other)
    {
        foreach (var bucket in other._buckets.Values)
        {
            Add(bucket);
        }

        AddMax(other._max);
    }

    /// <summary>Adds durations that were counted elsewhere.</summary>
    /// <param name="buckets">Their counts.</param>
    /// <param name="max">The longest of them.</param>
    public void Add(List<LatencyBucket> buckets, TimeSpan max)
    {
        foreach (var bucket in buckets)
        {
            Add(bucket);
        }

        AddMax(max);
    }

    public LatencyHistogram ToHistogram() => new(_buckets.Values, _max);

    private void Add(LatencyBucket bucket)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_buckets, bucket.Index, out _);
        sum = new(bucket.Index, sum.Count + bucket.Count, sum.ErrorCount + bucket.ErrorCount);
    }

    private void AddMax(TimeSpan max) => _max = max > _max ? max : _max;
}
