namespace AiObs.Store;

/// <summary>How long spans took: counts in logarithmic buckets, which give percentiles within 1 % and can be added up.</summary>
public sealed class LatencyHistogram
{
    private readonly LatencyBucket[] _buckets;

    /// <summary>Initializes a new instance of the <see cref="LatencyHistogram"/> class.</summary>
    /// <param name="buckets">The buckets, in any order; those of the same index are added up, those without a count are left out.</param>
    /// <param name="max">The longest duration.</param>
    /// <exception cref="ArgumentNullException"><paramref name="buckets"/> is <see langword="null"/>.</exception>
    public LatencyHistogram(IEnumerable<LatencyBucket> buckets, TimeSpan max)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        var byIndex = new SortedDictionary<int, LatencyBucket>();
        foreach (var bucket in buckets)
        {
            var before = byIndex.GetValueOrDefault(bucket.Index, new(bucket.Index, 0, 0));
            byIndex[bucket.Index] = new(bucket.Index, before.Count + bucket.Count, before.ErrorCount + bucket.ErrorCount);
        }

        _buckets = [.. byIndex.Values.Where(static bucket => bucket.Count > 0)];
        Max = max;
        Count = _buckets.Sum(static bucket => bucket.Count);
        ErrorCount = _buckets.Sum(static bucket => bucket.ErrorCount);
    }

    /// <summary>Gets the histogram of nothing.</summary>
    public static LatencyHistogram Empty { get; } = new([], TimeSpan.Zero);

    /// <summary>Gets the buckets that have a count, the shortest durations first.</summary>
    public IReadOnlyList<LatencyBucket> Buckets => _buckets;

    /// <summary>Gets how many durations there are.</summary>
    public long Count { get; }

    /// <summary>Gets how many of them are of spans that failed.</summary>
    public long ErrorCount { get; }

    /// <summary>Gets the longest, exactly.</summary>
    public TimeSpan Max { get; }

    /// <summary>Returns the duration that a share of all do not exceed, within 1 %.</summary>
    /// <param name="rank">The share, such as 0.95. Must lie between 0 and 1.</param>
    /// <returns>The shortest such duration; zero where there are none at all.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> lies outside of that range, or is no number.</exception>
    public TimeSpan Percentile(double rank)
    {
        if (rank is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rank), rank, "A share lies between 0 and 1, such as 0.95.");
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(rank * Count));
        if (wanted >= Count)
        {
            return Max;
        }

        var seen = 0L;
        foreach (var bucket in _buckets)
        {
            seen += bucket.Count;
            if (seen >= wanted)
            {
                return bucket.Middle < Max ? bucket.Middle : Max;
            }
        }

        return Max;
    }

    /// <summary>Returns the histogram of these durations and others.</summary>
    /// <param name="other">The others.</param>
    /// <returns>A new histogram.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is <see langword="null"/>.</exception>
    public LatencyHistogram Add(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new([.. _buckets, .. other._buckets], Max > other.Max ? Max : other.Max);
    }
}
