using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Filters;
using AiObs.Dashboard.Mounting;
using AiObs.Operations;
using AiObs.Store;

namespace AiObs.Dashboard.Latency;

/// <summary>Reads how long operations took: those of the last hour from the memory of this process, and longer times, or filtered ones, from the trace store.</summary>
internal static class LatencyReader
{
    /// <summary>What of a page's filter durations are filtered by.</summary>
    public static IReadOnlyList<string> FilterNamesKept { get; } = [FilterNames.Model, FilterNames.Provider, FilterNames.Agent, FilterNames.Tool];

    /// <summary>Tells whether the memory of this process has what is asked for.</summary>
    public static bool IsRecent(PageRequest page) =>
        page.Filter is { From: null, To: null, Range.Key: "1h" }
        && page.Sources.Observability.Latencies is not null
        && FilterNamesKept.All(name => page.Filter[name] is null);

    /// <summary>Says where durations come from, and what time they are of.</summary>
    public static string SourceOf(PageRequest page) => IsRecent(page)
        ? "Operations that ended in the last 60 minutes, measured in the memory of this process."
        : "Spans of whole hours, from the roll-ups of the trace store: the first and the last hour count as a whole.";

    /// <summary>Reads the groups, the one with the most durations first.</summary>
    public static async ValueTask<IReadOnlyList<LatencyGroup>> ReadAsync(PageRequest page, LatencyBy by, CancellationToken stop)
    {
        var groups = IsRecent(page)
            ? Recent(by, page.Sources.Observability.Latencies!.Summarize)
            : await StoredAsync(page, by, interval: null, stop).ConfigureAwait(false);
        return
        [
            .. groups.GroupBy(static group => group.Key)
                .Select(static same => new LatencyGroup(same.Key, Start: null, Together(same)))
                .OrderByDescending(static group => group.Histogram.Count)
                .ThenBy(static group => group.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns how long the parts are in which durations are read over time.</summary>
    public static TimeSpan IntervalOf(PageRequest page) => IsRecent(page) ? ChartTimes.Minute : ChartTimes.ForLatencies(page.Filter.Length(page.Now));

    /// <summary>Reads the durations of one group over time; parts without any are left out.</summary>
    public static async ValueTask<IReadOnlyDictionary<DateTimeOffset, LatencyHistogram>> ReadSeriesAsync(PageRequest page, LatencyBy by, string? key, CancellationToken stop)
    {
        var groups = IsRecent(page)
            ? Recent(by, page.Sources.Observability.Latencies!.SummarizeMinutes)
            : await StoredAsync(page, by, IntervalOf(page), stop).ConfigureAwait(false);
        return groups.Where(group => group.Key == key).GroupBy(static group => group.Start!.Value).ToDictionary(static same => same.Key, Together);
    }

    private static IEnumerable<LatencyGroup> Recent(LatencyBy by, Func<LatencyGrouping?, OperationKind?, IReadOnlyList<LatencyGroup>> summarize) =>
        by.Kinds.Count == 0 ? summarize(by.Grouping, null) : by.Kinds.SelectMany(kind => summarize(by.Grouping, kind));

    private static async ValueTask<IReadOnlyList<LatencyGroup>> StoredAsync(PageRequest page, LatencyBy by, TimeSpan? interval, CancellationToken stop)
    {
        var query = new LatencyQuery
        {
            After = page.Filter.Start(page.Now),
            Before = page.Filter.End(page.Now),
            Model = page.Filter[FilterNames.Model],
            Provider = page.Filter[FilterNames.Provider],
            Agent = page.Filter[FilterNames.Agent],
            Tool = page.Filter[FilterNames.Tool],
            By = by.Grouping,
            Interval = interval,
        };
        if (by.Kinds.Count == 0)
        {
            return await page.Sources.Traces.SummarizeAsync(query, stop).ConfigureAwait(false);
        }

        var groups = new List<LatencyGroup>();
        foreach (var kind in by.Kinds)
        {
            groups.AddRange(await page.Sources.Traces.SummarizeAsync(query with { Kind = kind }, stop).ConfigureAwait(false));
        }

        return groups;
    }

    private static LatencyHistogram Together(IEnumerable<LatencyGroup> groups) =>
        groups.Select(static group => group.Histogram).Aggregate(static (sum, histogram) => sum.Add(histogram));
}
