using System.Globalization;
using AiObs.Cost;
using AiObs.Dashboard.Charts;
using AiObs.Dashboard.Html;
using AiObs.Dashboard.Mounting;
using AiObs.Dashboard.Text;

namespace AiObs.Dashboard.Costs;

/// <summary>What calls cost over time, in bars.</summary>
internal static class CostChart
{
    /// <summary>Reads the series of the time that is looked at.</summary>
    public static ValueTask<IReadOnlyList<CostInterval>> ReadAsync(PageRequest page, CostTracking tracking, CostBy by, CancellationToken stop) =>
        page.Filter.Length(page.Now) == TimeSpan.Zero
            ? new([])
            : tracking.Store.SumSeriesAsync(CostFilter.Of(page.Filter, page.Now), IntervalOf(page), by.Grouping, ChartColors.Count, stop);

    /// <summary>Writes the bars; nothing where nothing was recorded.</summary>
    public static void Write(HtmlWriter html, PageRequest page, CostBy by, IReadOnlyList<CostInterval> series)
    {
        if (series.All(static part => part.Sum.RecordCount == 0))
        {
            return;
        }

        var interval = IntervalOf(page);
        var keys = KeysOf(series);
        new StackedBars
        {
            Id = "costs",
            Name = $"Cost by {ChartTimes.Name(interval)} and {by.Name}, sum of leaf calls in USD",
            Series = [.. keys.Select(by.NameOf)],
            Rest = keys.Count > 0 && keys[^1].IsOther ? keys.Count - 1 : -1,
            Bars = [.. series.Select(part => BarOf(page, keys, part, interval))],
            Interval = interval,
            Format = Axis,
        }.Write(html);
    }

    /// <summary>Writes an amount at an axis, with no more digits than it has.</summary>
    public static string Axis(double value) => "$" + ((decimal)value).ToString("#,0.############", CultureInfo.InvariantCulture);

    public static TimeSpan IntervalOf(PageRequest page) => ChartTimes.ForCosts(page.Filter.Length(page.Now));

    /// <summary>Returns the keys without sums, the one with the largest amount first and the rest last.</summary>
    private static List<CostGroup> KeysOf(IReadOnlyList<CostInterval> series) =>
    [
        .. series.SelectMany(static part => part.Groups)
            .GroupBy(static group => (group.Key, group.IsOther))
            .OrderBy(static groups => groups.Key.IsOther)
            .ThenByDescending(static groups => groups.Sum(static group => group.Sum.Total))
            .ThenBy(static groups => groups.Key.Key, StringComparer.Ordinal)
            .Select(static groups => new CostGroup(groups.Key.Key, CostSum.Zero) { IsOther = groups.Key.IsOther }),
    ];

    private static StackedBar BarOf(PageRequest page, List<CostGroup> keys, CostInterval part, TimeSpan interval)
    {
        var segments = part.Groups
            .Select(group => new BarSegment(keys.IndexOf(group with { Sum = CostSum.Zero }), (double)group.Sum.Total, Shown.Money(group.Sum)))
            .OrderBy(static segment => segment.Series);
        return new(part.Start, page.Links.Page("costs", Within(page, part.Start, interval)), [.. segments], part.Sum.RecordCount == 0 ? "" : Shown.Money(part.Sum))
        {
            Remark = part.Sum.UnpricedCount > 0 ? $"{Shown.Number(part.Sum.UnpricedCount)} {Shown.Unpriced}" : null,
        };
    }

    /// <summary>Returns the filter with the part of the time alone: what of it the page looks at, up to its last moment.</summary>
    private static Filters.PageFilter Within(PageRequest page, DateTimeOffset start, TimeSpan interval)
    {
        var (first, last) = (page.Filter.Start(page.Now), page.Filter.End(page.Now));
        var end = last - start < interval ? last : start.AddTicks(interval.Ticks - 1);
        return page.Filter.Between(start < first ? first : start, end);
    }
}
