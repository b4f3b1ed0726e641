using System.Globalization;
using System.Text;
using AiObs.Dashboard.Html;

namespace AiObs.Dashboard.Charts;

/// <summary>Lines over time. Each has a color, dashes and a name at its end.</summary>
internal sealed record Lines
{
    private const int Right = 900;
    private const int NameHeight = 13;

    /// <summary>Gets what it shows, for who does not see it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<DateTimeOffset> Times { get; init; }

    public required TimeSpan Interval { get; init; }

    /// <summary>Gets the lines, the one that is drawn first at the back.</summary>
    public required IReadOnlyList<LineSeries> Series { get; init; }

    /// <summary>Gets how values of the axis are written.</summary>
    public required Func<double, string> Axis { get; init; }

    /// <summary>Gets how values are written.</summary>
    public required Func<double, string> Format { get; init; }

    public void Write(HtmlWriter html)
    {
        var scale = AxisScale.To(Series.SelectMany(static line => line.Values).Max() ?? 0);
        html.Write($"""<div class="scroll" tabindex="0"><svg class="chart" viewBox="0 0 {Plot.Width} {Plot.Height}" role="img" aria-label="{Name}">""");
        Plot.WriteAxis(html, scale, Axis, Right);
        for (var series = 0; series < Series.Count; series++)
        {
            WriteLine(html, scale, series);
        }

        WriteNames(html, scale);
        Plot.WriteTimes(html, Times, Interval, Right);
        html.Write($"""</svg></div><ul class="legend">""");
        for (var series = 0; series < Series.Count; series++)
        {
            html.Write($"""<li><svg class="swatch wide" viewBox="0 0 28 12" aria-hidden="true"><path class="line l{series}" d="M0 6H28"/></svg>{Series[series].Name}</li>""");
        }

        html.Write($"<li>by {ChartTimes.Name(Interval)}, UTC</li></ul>");
        ChartTable.Write(html, ["Time (UTC)", .. Series.Select(static line => line.Name)], Times.Select(Row));
    }

    /// <summary>Returns the path of a line: a move where it starts again after a gap.</summary>
    public static string PathOf(IReadOnlyList<double?> values, Func<int, double> x, Func<double, double> y)
    {
        var path = new StringBuilder();
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index] is { } value)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(index > 0 && values[index - 1] is not null ? 'L' : 'M')}{x(index):0.##} {y(value):0.##}");
            }
        }

        return path.ToString();
    }

    private void WriteLine(HtmlWriter html, AxisScale scale, int series)
    {
        var line = Series[series];
        html.Write($"""<path class="line l{series}" d="{PathOf(line.Values, X, value => Plot.Y(scale, value))}"/>""");
        for (var index = 0; index < line.Values.Count; index++)
        {
            if (line.Values[index] is { } value)
            {
                html.Write($"""<circle class="dot p{series}" cx="{X(index):0.##}" cy="{Plot.Y(scale, value):0.##}" r="2.5"><title>{ChartTimes.Long(Times[index], Interval)} UTC · {line.Name}: {Format(value)}</title></circle>""");
            }
        }
    }

    /// <summary>Writes the names at the ends of the lines, apart from each other where these end close together.</summary>
    private void WriteNames(HtmlWriter html, AxisScale scale)
    {
        var ends = Series
            .Where(static line => line.Values.Any(static value => value is not null))
            .Select(line => (line.Name, Y: Plot.Y(scale, line.Values.Last(static value => value is not null)!.Value)))
            .OrderByDescending(static end => end.Y);
        var lowest = double.MaxValue;
        foreach (var (name, y) in ends)
        {
            lowest = Math.Min(y, lowest - NameHeight);
            html.Write($"""<text class="tick" x="{Right + 6}" y="{lowest + 4:0.##}">{name}</text>""");
        }
    }

    private double X(int index) => Plot.X(index, Times.Count, Right);

    private (Action<HtmlWriter> Head, IEnumerable<string> Cells) Row(DateTimeOffset time, int index) => (
        html => html.Write($"{ChartTimes.Long(time, Interval)}"),
        Series.Select(line => line.Values[index] is { } value ? Format(value) : ""));
}
