using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Charts;

/// <summary>Bars over time, each divided by series. A bar is a link to its part of the time.</summary>
internal sealed record StackedBars
{
    private const double WidestBar = 48;
    private const double BarShare = 0.8;

    /// <summary>Gets its id, of letters: one of its own on its page.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what it shows, for who does not see it.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the names of the series, the one that stands at the bottom first.</summary>
    public required IReadOnlyList<string> Series { get; init; }

    /// <summary>Gets which of them is the rest; -1 for none.</summary>
    public int Rest { get; init; } = -1;

    public required IReadOnlyList<StackedBar> Bars { get; init; }

    public required TimeSpan Interval { get; init; }

    /// <summary>Gets how values of the axis are written.</summary>
    public required Func<double, string> Format { get; init; }

    /// <summary>Gets the name of all series together.</summary>
    public string Total { get; init; } = "Total";

    public void Write(HtmlWriter html)
    {
        var scale = AxisScale.To(Bars.Max(static bar => bar.Size));

        // A group and no image: within an image, links are hidden from who does not see it.
        html.Write($"""<div class="scroll"><svg class="chart" viewBox="0 0 {Plot.Width} {Plot.Height}" role="group" aria-label="{Name}">""");
        ChartColors.WriteStripes(html, Id, Series.Count);
        Plot.WriteAxis(html, scale, Format);
        for (var index = 0; index < Bars.Count; index++)
        {
            WriteBar(html, scale, index);
        }

        Plot.WriteTimes(html, [.. Bars.Select(static bar => bar.Start)], Interval);
        html.Write($"</svg></div>");
        WriteLegend(html);
        ChartTable.Write(html, ["Time (UTC)", .. Series, Total], Bars.Select(Row));
    }

    private void WriteBar(HtmlWriter html, AxisScale scale, int index)
    {
        var bar = Bars[index];
        var slot = (double)(Plot.Right - Plot.Left) / Bars.Count;
        var width = Math.Min(WidestBar, slot * BarShare);
        var left = Plot.X(index, Bars.Count) - (width / 2);
        var time = ChartTimes.Long(bar.Start, Interval) + " UTC";
        html.Write($"""
            <a href="{bar.Href}" aria-label="{time}: {(bar.Text.Length == 0 ? "nothing" : bar.Text)}"><rect class="hit" x="{Plot.Left + (slot * index):0.##}" y="{Plot.Top}" width="{slot:0.##}" height="{Plot.Bottom - Plot.Top}"><title>{time}: {(bar.Text.Length == 0 ? "nothing" : bar.Text)}</title></rect>
            """);
        var below = 0.0;
        foreach (var segment in bar.Segments)
        {
            var size = Math.Max(0, segment.Size);
            if (size > 0)
            {
                var top = Plot.Y(scale, below + size);
                ChartColors.WriteRect(html, Id, Look(segment.Series), left, top, width, Plot.Y(scale, below) - top, $"{time} · {Series[segment.Series]}: {segment.Text}");
            }

            below += size;
        }

        if (bar.Remark is { } remark)
        {
            html.Write($"""<text class="remark mid" x="{left + (width / 2):0.##}" y="{Plot.Y(scale, below) - 3:0.##}">?<title>{time}: {remark}</title></text>""");
        }

        html.Write($"</a>");
    }

    private void WriteLegend(HtmlWriter html)
    {
        html.Write($"""<ul class="legend">""");
        for (var series = 0; series < Series.Count; series++)
        {
            html.Write($"<li>{ChartColors.Swatch(Id, Look(series))}<bdi>{Series[series]}</bdi></li>");
        }

        if (Bars.Any(static bar => bar.Remark is not null))
        {
            html.Write($"""<li><span class="remark" aria-hidden="true">?</span> has calls without a price</li>""");
        }

        html.Write($"<li>by {ChartTimes.Name(Interval)}, UTC</li></ul>");
    }

    private int Look(int series) => series == Rest ? ChartColors.Count : series;

    private (Action<HtmlWriter> Head, IEnumerable<string> Cells) Row(StackedBar bar) => (
        html => html.Write($"""<a href="{bar.Href}">{ChartTimes.Long(bar.Start, Interval)}</a>"""),
        [.. Series.Select((_, series) => bar.Segments.Where(segment => segment.Series == series).Select(static segment => segment.Text).FirstOrDefault() ?? ""), bar.Text]);
}
