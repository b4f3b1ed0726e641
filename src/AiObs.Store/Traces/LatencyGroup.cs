namespace AiObs.Store;

/// <summary>The durations that share a value and a time.</summary>
/// <param name="Key">The value; <see langword="null"/> for spans that have none, and where nothing is told apart.</param>
/// <param name="Start">When the part of the series starts; <see langword="null"/> without <see cref="LatencyQuery.Interval"/>.</param>
/// <param name="Histogram">The durations; at least one.</param>
public sealed record LatencyGroup(string? Key, DateTimeOffset? Start, LatencyHistogram Histogram)
{
    /// <summary>The key of the rest: names beyond the 1,000 that are told apart in an hour.</summary>
    public const string Other = "other";
}
