using AiObs.Store;

namespace AiObs.Dashboard.Charts;

/// <summary>The columns that strips of one table share: each a range of durations, and each as much longer than the one before.</summary>
/// <param name="First">The first bucket of the first column.</param>
/// <param name="Size">How many buckets a column has.</param>
/// <param name="Count">How many columns there are.</param>
internal sealed record StripScale(int First, int Size, int Count)
{
    private const int MostColumns = 24;

    /// <summary>Returns the columns for durations.</summary>
    public static StripScale Of(IEnumerable<LatencyHistogram> histograms)
    {
        var all = histograms.SelectMany(static histogram => histogram.Buckets).Select(static bucket => bucket.Index).ToArray();
        if (all.Length == 0)
        {
            return new(0, 1, 0);
        }

        var (first, last) = (all.Min(), all.Max());
        var size = (last - first + MostColumns) / MostColumns;
        return new(first, size, ((last - first) / size) + 1);
    }

    public TimeSpan Start(int column) => new LatencyBucket(First + (column * Size), 0, 0).Start;

    public TimeSpan End(int column) => Start(column + 1);

    /// <summary>Returns how many durations, and how many of failures, fall into each column.</summary>
    public IReadOnlyList<(long Count, long Errors)> Counts(LatencyHistogram histogram)
    {
        var counts = new (long Count, long Errors)[Count];
        foreach (var bucket in histogram.Buckets)
        {
            ref var column = ref counts[(bucket.Index - First) / Size];
            column = (column.Count + bucket.Count, column.Errors + bucket.ErrorCount);
        }

        return counts;
    }
}
