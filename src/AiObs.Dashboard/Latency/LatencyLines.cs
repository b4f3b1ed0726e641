using System.Globalization;
using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;
using AiObs.Store;

namespace AiObs.Dashboard.Latency;

/// <summary>Percentiles of one group over time.</summary>
internal static class LatencyLines
{
    private const double Second = 1_000;

    private static readonly (string Name, double Rank)[] Percentiles = [("p50", 0.5), ("p95", 0.95), ("p99", 0.99)];

    public static ValueTask<IReadOnlyDictionary<DateTimeOffset, LatencyHistogram>> ReadAsync(PageRequest page, LatencyBy by, LatencyGroup? chosen, CancellationToken stop) =>
        chosen is null
            ? new(new Dictionary<DateTimeOffset, LatencyHistogram>())
            : LatencyReader.ReadSeriesAsync(page, by, chosen.Key, stop);

    public static void Write(HtmlWriter html, PageRequest page, LatencyBy by, LatencyGroup chosen, IReadOnlyDictionary<DateTimeOffset, LatencyHistogram> series)
    {
        if (series.Count == 0)
        {
            return;
        }

        var interval = LatencyReader.IntervalOf(page);
        var times = ChartTimes.Between(page.Filter.Start(page.Now), page.Filter.End(page.Now), interval);
        new Lines
        {
            Name = $"Duration of {by.NameOf(chosen)} by {ChartTimes.Name(interval)}: p50, p95 and p99",
            Times = times,
            Interval = interval,
            Series = [.. Percentiles.Select(percentile => new LineSeries(
                percentile.Name,
                [.. times.Select(time => series.TryGetValue(time, out var histogram) ? histogram.Percentile(percentile.Rank).TotalMilliseconds : (double?)null)]))],
            Axis = Axis,
            Format = static milliseconds => Shown.Duration(TimeSpan.FromMilliseconds(milliseconds)),
        }.Write(html);
    }

    /// <summary>Writes a duration at an axis, with no more digits than it has.</summary>
    public static string Axis(double milliseconds) => milliseconds >= Second
        ? (milliseconds / Second).ToString("#,0.###", CultureInfo.InvariantCulture) + " s"
        : milliseconds.ToString("0.######", CultureInfo.InvariantCulture) + " ms";
}
