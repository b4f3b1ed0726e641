using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Charts;

/// <summary>The area of a chart over time: its size, its lines, and its times below.</summary>
internal static class Plot
{
    public const int Width = 960;
    public const int Height = 220;
    public const int Left = 70;
    public const int Right = 950;
    public const int Top = 14;
    public const int Bottom = 190;

    private const int MostLabels = 9;
    private const int LabelGap = 18;
    private const int AxisGap = 8;

    /// <summary>Returns how far down a value stands.</summary>
    public static double Y(AxisScale scale, double value) => Bottom - ((Bottom - Top) * scale.PartOf(value));

    /// <summary>Returns the middle of one of the parts that the width is divided into.</summary>
    public static double X(int index, int count, double right = Right) => Left + ((right - Left) * (index + 0.5) / count);

    /// <summary>Writes the lines of an axis, and what they stand for. Where there is nothing to measure the line has no zero: it may be that nothing is known.</summary>
    public static void WriteAxis(HtmlWriter html, AxisScale scale, Func<double, string> format, int right = Right)
    {
        foreach (var tick in scale.Ticks)
        {
            var y = Y(scale, tick);
            html.Write($"""<line class="grid" x1="{Left}" x2="{right}" y1="{y:0.##}" y2="{y:0.##}"/>""");
            if (scale.Ticks.Count > 1)
            {
                html.Write($"""<text class="tick end" x="{Left - AxisGap}" y="{y + 4:0.##}">{format(tick)}</text>""");
            }
        }
    }

    /// <summary>Writes times below, as many as there is room for.</summary>
    public static void WriteTimes(HtmlWriter html, IReadOnlyList<DateTimeOffset> times, TimeSpan interval, double right = Right)
    {
        var every = (times.Count + MostLabels - 1) / MostLabels;
        for (var index = 0; index < times.Count; index += every)
        {
            html.Write($"""<text class="tick mid" x="{X(index, times.Count, right):0.##}" y="{Bottom + LabelGap}">{ChartTimes.Short(times[index], interval)}</text>""");
        }
    }
}
