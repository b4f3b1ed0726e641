using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Charts;

/// <summary>The looks of series: a color, and for every other one stripes too, so that neighbors differ without colors as well.</summary>
internal static class ChartColors
{
    /// <summary>How many series look different.</summary>
    public const int Count = 8;

    /// <summary>Returns the class of a series; those beyond the last look like the rest.</summary>
    public static string Class(int series) => series is >= 0 and < Count ? $"s{series}" : "rest";

    /// <summary>Writes the stripes that a chart needs.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="chart">The id of the chart: ids of stripes begin with it.</param>
    /// <param name="count">How many series it has.</param>
    public static void WriteStripes(HtmlWriter html, string chart, int count)
    {
        html.Write($"<defs>");
        for (var series = 1; series < Math.Min(count, Count); series += 2)
        {
            html.Write($"""
                <pattern id="{chart}-p{series}" patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)"><rect class="{Class(series)}" width="6" height="6"/><rect class="gap" width="1.5" height="6"/></pattern>
                """);
        }

        html.Write($"</defs>");
    }

    /// <summary>Returns what a mark of a series is filled with: its stripes, or nothing where its class says it.</summary>
    public static string? Fill(string chart, int series) => series is >= 0 and < Count && series % 2 == 1 ? $"url(#{chart}-p{series})" : null;

    /// <summary>Writes the small square that stands beside the name of a series.</summary>
    public static Action<HtmlWriter> Swatch(string chart, int series) => html =>
    {
        html.Write($"""<svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">""");
        WriteRect(html, chart, series, 0, 0, 12, 12);
        html.Write($"</svg>");
    };

    /// <summary>Starts a rectangle of a series, and ends it.</summary>
    public static void WriteRect(HtmlWriter html, string chart, int series, double x, double y, double width, double height, string? title = null)
    {
        if (Fill(chart, series) is { } fill)
        {
            html.Write($"""<rect fill="{fill}" x="{x:0.##}" y="{y:0.##}" width="{width:0.##}" height="{height:0.##}">""");
        }
        else
        {
            html.Write($"""<rect class="{Class(series)}" x="{x:0.##}" y="{y:0.##}" width="{width:0.##}" height="{height:0.##}">""");
        }

        if (title is not null)
        {
            html.Write($"<title>{title}</title>");
        }

        html.Write($"</rect>");
    }
}
